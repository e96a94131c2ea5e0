// maxPool2dGradient/gather_vec4: out[i] = Σ dy[w] over the windows w with indices[w] = i.
//   dy, indices: [batch, out_height, out_width, channels]   out: [batch, height, width, channels]
// Grid: one invocation for four channels of an input pixel; they are a multiple of 4. It looks at the windows that
// reach it, in a fixed order, so no atomics.
const ADAPTIVE: u32 = 0;      // variant: 1 where windows are bins, of which lib/window knows the ranges
const RUN: u32 = 1;          // variant: vectors of a pixel that one invocation does, which share what its place costs
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/window.wgsl

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
  let runs = (channels - 1) / RUN + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  let pixel = index / runs;
  if (pixel >= params.batch * params.height * params.width) { return; }

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
  let first = index % runs * RUN;
  let end = min(first + RUN, channels);
  for (var channel = first; channel < end; channel++) {
    let place = pixel * channels + channel;
    let own = place * 4 + vec4(0, 1, 2, 3);
    var sum = vec4<f32>();
    for (var oy = rows.x; oy < rows.y; oy++) {
      for (var ox = columns.x; ox < columns.y; ox++) {
        let at = ((image + oy) * params.out_width + ox) * channels + channel;
        sum += select(vec4<f32>(), dy[at], indices[at] == own);
      }
    }
    out[place] = sum;
  }
}
