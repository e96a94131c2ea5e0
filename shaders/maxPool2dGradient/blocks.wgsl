// maxPool2dGradient/blocks: out[i] = dy[w] where indices[w] = i, else 0, for windows w that are apart from each other.
//   dy, indices: [batch, out_height, out_width, channels]   out: [batch, height, width, channels]
// Grid: one invocation for four channels of a block of stride_y by stride_x pixels, which holds one window: it reads the
// window once and writes every pixel of the block. Channels are a multiple of 4, windows no larger than the stride.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> indices: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels / 4;
  let index = flat_workgroup(group, groups) * WG + local;
  // The last blocks may have no window, the image ending too early for one.
  let down = (params.pad_top + params.height - 1) / params.stride_y + 1;
  let across = (params.pad_left + params.width - 1) / params.stride_x + 1;
  if (index >= params.batch * down * across * channels) { return; }

  let channel = index % channels;
  let block = index / channels;
  let line = block / across;
  let item = line / down;
  let oy = line % down;
  let ox = block % across;
  var gradient = vec4<f32>();
  var winner = vec4<u32>();
  if (oy < params.out_height && ox < params.out_width) {
    let at = ((item * params.out_height + oy) * params.out_width + ox) * channels + channel;
    gradient = dy[at];
    winner = indices[at];
  }
  let first_y = max(oy * params.stride_y, params.pad_top) - params.pad_top;
  let first_x = max(ox * params.stride_x, params.pad_left) - params.pad_left;
  let end_y = min((oy + 1) * params.stride_y, params.pad_top + params.height) - params.pad_top;
  let end_x = min((ox + 1) * params.stride_x, params.pad_left + params.width) - params.pad_left;
  for (var y = first_y; y < end_y; y++) {
    for (var x = first_x; x < end_x; x++) {
      let at = ((item * params.height + y) * params.width + x) * channels + channel;
      out[at] = select(vec4<f32>(), gradient, winner == at * 4 + vec4(0, 1, 2, 3));
    }
  }
}
