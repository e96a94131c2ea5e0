// conv2dInputGradient/direct: out[b, y, x, c] = Σ dy[b, oy, ox, f] · weights[ky, kx, c, f] over the windows on (y, x).
//   dy: [batch, out_height, out_width, filters]   weights: [kernel_height, kernel_width, group_channels, filters]
//   out: [batch, height, width, channels]
// Grid: one invocation for four consecutive channels of an input pixel. It gathers, so no atomics; accepts everything.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32, group_channels: u32, group_filters: u32,
}

alias DyElement = f32;       // storage: f32 or f16
alias WeightsElement = f32;  // storage: f32 or f16
alias OutElement = f32;      // storage: f32 or f16

@group(0) @binding(0) var<storage, read> dy: array<DyElement>;
@group(0) @binding(1) var<storage, read> weights: array<WeightsElement>;
@group(0) @binding(2) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(3) var<uniform> params: Params;

// The first window that reaches `at`, a place in the padded image: the one before it ends too early.
fn first_window(at: u32, kernel: u32, stride: u32, dilation: u32) -> u32 {
  let reach = (kernel - 1) * dilation;
  return select(0, (at - reach - 1) / stride + 1, at > reach);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels;
  let filters = params.filters;
  let quads = (params.group_channels - 1) / 4 + 1;          // of a group
  let quads_of_place = quads * (channels / params.group_channels);
  let index = flat_workgroup(group, groups) * WG + local;
  let place = index / quads_of_place;
  let own = index % quads_of_place / quads;                 // the group
  let first = index % quads * 4;                            // of the group's channels
  if (place >= params.batch * params.height * params.width) { return; }

  let line = place / params.width;
  let item = line / params.height;
  let x = place % params.width + params.pad_left;
  let y = line % params.height + params.pad_top;
  let first_x = first_window(x, params.kernel_width, params.stride_x, params.dilation_x);
  let first_y = first_window(y, params.kernel_height, params.stride_y, params.dilation_y);
  let end_x = min(x / params.stride_x + 1, params.out_width);
  let end_y = min(y / params.stride_y + 1, params.out_height);
  let lanes = min(vec4(first) + vec4(0, 1, 2, 3), vec4(params.group_channels - 1)) * filters + own * params.group_filters;

  let terms = loop_bound(params.group_filters, groups);
  var sum = vec4<f32>();
  for (var oy = first_y; oy < end_y; oy++) {
    let from_y = y - oy * params.stride_y;
    let ky = from_y / params.dilation_y;
    if (ky * params.dilation_y != from_y) { continue; }
    for (var ox = first_x; ox < end_x; ox++) {
      let from_x = x - ox * params.stride_x;
      let kx = from_x / params.dilation_x;
      if (kx * params.dilation_x != from_x) { continue; }
      let dy_at = ((item * params.out_height + oy) * params.out_width + ox) * filters + own * terms;
      var w_at = lanes + (ky * params.kernel_width + kx) * params.group_channels * filters;
      for (var f = 0u; f < terms; f++) {
        sum += f32(dy[dy_at + f]) * vec4<f32>(vec4(weights[w_at.x], weights[w_at.y], weights[w_at.z], weights[w_at.w]));
        w_at += vec4(1u);
      }
    }
  }

  let valid = min(params.group_channels - first, 4);
  for (var j = 0u; j < valid; j++) {
    out[place * channels + own * params.group_channels + first + j] = OutElement(sum[j]);
  }
}
