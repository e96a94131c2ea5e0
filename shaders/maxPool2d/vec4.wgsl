// maxPool2d/vec4: out[b, oy, ox, c] = max of x[b, oy·stride + ky·dilation − pad, …, c], indices = where in x.
//   x: [batch, height, width, channels]   out, indices: [batch, out_height, out_width, channels]
// The first of equals wins, a NaN over everything, padding never: each window has a tap inside the image.
// Grid: one invocation for four channels of a window; they are a multiple of 4 and move as a whole vector.
const PADDED: u32 = 1;        // variant: 0 where no window reaches past the image
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

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> indices: array<vec4<u32>>;
@group(0) @binding(3) var<uniform> params: Params;

// By its bits: a compiler may take NaN for impossible.
fn is_nan(x: vec4<f32>) -> vec4<bool> {
  return (bitcast<vec4<u32>>(x) & vec4(0x7fffffff)) > vec4(0x7f800000);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels / 4;
  let runs = (channels - 1) / RUN + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  let pixel = index / runs;
  if (pixel >= params.batch * params.out_height * params.out_width) { return; }

  let line = pixel / params.out_width;
  let oy = line % params.out_height;
  let ox = pixel % params.out_width;
  let first_y = oy * params.stride_y;               // of bins the stride is 0
  let first_x = ox * params.stride_x;
  let image = line / params.out_height * params.height;
  var taps_y = vec2(0, params.kernel_height);
  var taps_x = vec2(0, params.kernel_width);
  if (ADAPTIVE == 1) {
    taps_y = bin_range(oy, params.out_height, params.height);
    taps_x = bin_range(ox, params.out_width, params.width);
  } else if (PADDED == 1) {
    taps_y = taps_inside(first_y, params.pad_top, params.height, params.kernel_height, params.dilation_y);
    taps_x = taps_inside(first_x, params.pad_left, params.width, params.kernel_width, params.dilation_x);
  }

  let top = image + first_y - params.pad_top;       // may wrap below 0, as may `left`; their taps inside do not
  let left = first_x - params.pad_left;
  let corner = ((top + taps_y.x * params.dilation_y) * params.width + left + taps_x.x * params.dilation_x) * channels;
  let tap_step = params.dilation_x * channels;
  let line_step = params.dilation_y * params.width * channels;
  let first = index % runs * RUN;
  let end = min(first + RUN, channels);
  for (var channel = first; channel < end; channel++) {
    var row = corner + channel;
    var place = row;
    var best = x[place];
    var best_at = vec4(place);
    for (var ky = taps_y.x; ky < taps_y.y; ky++) {
      place = row;
      for (var kx = taps_x.x; kx < taps_x.y; kx++) {
        let value = x[place];
        let better = (value > best) | is_nan(value);
        best = select(best, value, better);
        best_at = select(best_at, vec4(place), better);
        place += tap_step;
      }
      row += line_step;
    }
    let at = pixel * channels + channel;
    out[at] = best;
    indices[at] = best_at * 4 + vec4(0, 1, 2, 3);
  }
}
