// averagePool2d/scalar: out[b, oy, ox, c] = mean of x[b, oy·stride + ky·dilation − pad, …, c].
//   x: [batch, height, width, channels]   out: [batch, out_height, out_width, channels]
// Grid: one invocation for a window of a channel. Accepts everything.
const COUNT_PADDING: u32 = 0; // variant: 1 where padding counts as zeros, as far as counted_height and counted_width
const ADAPTIVE: u32 = 0;      // variant: 1 where windows are bins, of which lib/window knows the ranges
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/window.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, counted_height: u32, counted_width: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.batch * params.out_height * params.out_width * channels) { return; }

  let channel = index % channels;
  let pixel = index / channels;
  let line = pixel / params.out_width;
  let oy = line % params.out_height;
  let ox = pixel % params.out_width;
  let first_y = oy * params.stride_y;               // of bins the stride is 0
  let first_x = ox * params.stride_x;
  var taps_y = taps_inside(first_y, params.pad_top, params.height, params.kernel_height, params.dilation_y);
  var taps_x = taps_inside(first_x, params.pad_left, params.width, params.kernel_width, params.dilation_x);
  if (ADAPTIVE == 1) {
    taps_y = bin_range(oy, params.out_height, params.height);
    taps_x = bin_range(ox, params.out_width, params.width);
  }

  let top = line / params.out_height * params.height + first_y - params.pad_top;
  let left = first_x - params.pad_left;             // may wrap below 0, as may `top`; their taps inside do not
  var sum = f32();
  for (var ky = taps_y.x; ky < taps_y.y; ky++) {
    var row = f32();                            // apart, so that large windows lose fewer digits
    for (var kx = taps_x.x; kx < taps_x.y; kx++) {
      row += x[((top + ky * params.dilation_y) * params.width + left + kx * params.dilation_x) * channels + channel];
    }
    sum += row;
  }
  var taps = (taps_y.y - taps_y.x) * (taps_x.y - taps_x.x);
  if (COUNT_PADDING == 1) {
    let rows = taps_counted(first_y, params.counted_height, params.kernel_height, params.dilation_y);
    taps = rows * taps_counted(first_x, params.counted_width, params.kernel_width, params.dilation_x);
  }
  out[index] = sum / f32(taps);
}
