// maxPool2dGradient/gather: out[i] = Σ dy[w] over the windows w with indices[w] = i.
//   dy, indices: [batch, out_height, out_width, channels]   out: [batch, height, width, channels]
// Grid: one invocation for an input element. It looks at the windows that reach it, in a fixed order, so no atomics.
// Accepts everything.
const ADAPTIVE: u32 = 0;      // variant: 1 where windows are bins, of which lib/window knows the ranges
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/window.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> indices: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.batch * params.height * params.width * channels) { return; }

  let channel = index % channels;
  let pixel = index / channels;
  let line = pixel / params.width;
  let image = line / params.height * params.out_height;
  let y = line % params.height + params.pad_top;
  let x = pixel % params.width + params.pad_left;
  var rows = bin_range(y, params.height, params.out_height);
  var columns = bin_range(x, params.width, params.out_width);
  if (ADAPTIVE == 0) {
    rows = windows_over(y, params.out_height, params.kernel_height, params.stride_y, params.dilation_y);
    columns = windows_over(x, params.out_width, params.kernel_width, params.stride_x, params.dilation_x);
  }
  let own = index;
  var sum = f32();
  for (var oy = rows.x; oy < rows.y; oy++) {
    for (var ox = columns.x; ox < columns.y; ox++) {
      let at = ((image + oy) * params.out_width + ox) * channels + channel;
      sum += select(f32(), dy[at], indices[at] == own);
    }
  }
  out[index] = sum;
}
