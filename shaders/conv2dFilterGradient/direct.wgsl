// conv2dFilterGradient/direct: out[ky, kx, c, f] = Σ x[b, oy·stride + ky·dilation − pad, …, c] · dy[b, oy, ox, f].
//   x: [batch, height, width, channels]   dy: [batch, out_height, out_width, filters]
//   out: [kernel_height, kernel_width, group_channels, filters]
// Grid: one invocation for four consecutive filters of a weight. The plainest form: it accepts everything, and sums
// each output pixel of the batch in one invocation.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32, group_channels: u32, group_filters: u32,
}

alias XElement = f32;    // storage: f32 or f16
alias DyElement = f32;   // storage: f32 or f16
alias OutElement = f32;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read> dy: array<DyElement>;
@group(0) @binding(2) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels;
  let filters = params.filters;
  let quads = (params.group_filters - 1) / 4 + 1;           // of a group
  let quads_of_weight = quads * (filters / params.group_filters);
  let index = flat_workgroup(group, groups) * WG + local;
  let weight = index / quads_of_weight;                     // (ky, kx, c)
  let own = index % quads_of_weight / quads;                // the group
  let end = (own + 1) * params.group_filters;
  let first = own * params.group_filters + index % quads * 4;
  if (weight >= params.kernel_height * params.kernel_width * params.group_channels) { return; }

  let tap = weight / params.group_channels;
  let channel = own * params.group_channels + weight % params.group_channels;
  let left = tap % params.kernel_width * params.dilation_x - params.pad_left;  // wraps below 0: beyond every width
  let top = tap / params.kernel_width * params.dilation_y - params.pad_top;
  let lanes = min(vec4(first) + vec4(0, 1, 2, 3), vec4(end - 1));
  let batch = loop_bound(params.batch, groups);
  let out_height = loop_bound(params.out_height, groups);
  let out_width = loop_bound(params.out_width, groups);
  var sum = vec4<f32>();
  for (var item = 0u; item < batch; item++) {
    for (var oy = 0u; oy < out_height; oy++) {
      let y = top + oy * params.stride_y;
      if (y >= params.height) { continue; }
      let x_line = (item * params.height + y) * params.width;
      let dy_line = (item * params.out_height + oy) * params.out_width;
      for (var ox = 0u; ox < out_width; ox++) {
        let column = left + ox * params.stride_x;
        if (column >= params.width) { continue; }
        let at = lanes + (dy_line + ox) * filters;
        let pixel = f32(x[(x_line + column) * channels + channel]);
        sum += pixel * vec4<f32>(vec4(dy[at.x], dy[at.y], dy[at.z], dy[at.w]));
      }
    }
  }

  let valid = min(end - first, 4);
  for (var j = 0u; j < valid; j++) {
    out[weight * filters + first + j] = OutElement(sum[j]);
  }
}
