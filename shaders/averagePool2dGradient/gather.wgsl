// averagePool2dGradient/gather: the adjoint of averagePool2d: out[b, y, x, c] = Σ dy[w] / taps of w over its windows w.
//   dy: [batch, out_height, out_width, channels]   out: [batch, height, width, channels]
// Grid: one invocation for an input element. It looks at the windows that reach it, in a fixed order, so no atomics.
// Accepts everything.
const COUNT_PADDING: u32 = 0; // variant: 1 where padding counts as zeros, as far as counted_height and counted_width
const UNEVEN: u32 = 1;        // variant: 0 where every window has as many taps
const DILATED: u32 = 1;       // variant: 0 where taps are neighbours
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

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

// Taps of a window down, or across.
fn taps_of(window: u32, windows: u32, stride: u32, pad: u32, size: u32, counted: u32, kernel: u32, dilation: u32) -> f32 {
  if (UNEVEN == 0) { return f32(kernel); }
  if (ADAPTIVE == 1) {
    let bin = bin_range(window, windows, size);
    return f32(bin.y - bin.x);
  }
  let at = window * stride;
  if (COUNT_PADDING == 1) { return f32(taps_counted(at, counted, kernel, dilation)); }
  let inside = taps_inside(at, pad, size, kernel, dilation);
  return f32(inside.y - inside.x);
}

fn row_taps(oy: u32, dilation: u32) -> f32 {
  return taps_of(oy, params.out_height, params.stride_y, params.pad_top, params.height, params.counted_height,
                 params.kernel_height, dilation);
}

fn column_taps(ox: u32, dilation: u32) -> f32 {
  return taps_of(ox, params.out_width, params.stride_x, params.pad_left, params.width, params.counted_width,
                 params.kernel_width, dilation);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.batch * params.height * params.width * channels) { return; }

  let channel = index % channels;
  let pixel = index / channels;
  var dilation = vec2(1u);
  if (DILATED == 1) { dilation = vec2(params.dilation_x, params.dilation_y); }
  let line = pixel / params.width;
  let image = line / params.height * params.out_height;
  let y = line % params.height + params.pad_top;
  let x = pixel % params.width + params.pad_left;
  var rows = bin_range(y, params.height, params.out_height);
  var columns = bin_range(x, params.width, params.out_width);
  if (ADAPTIVE == 0) {
    rows = windows_over(y, params.out_height, params.kernel_height, params.stride_y, dilation.y);
    columns = windows_over(x, params.out_width, params.kernel_width, params.stride_x, dilation.x);
  }
  var sum = f32();
  for (var oy = rows.x; oy < rows.y; oy++) {
    if ((y - oy * params.stride_y) % dilation.y != 0) { continue; }
    var row = f32();
    for (var ox = columns.x; ox < columns.y; ox++) {
      if ((x - ox * params.stride_x) % dilation.x != 0) { continue; }
      row += dy[((image + oy) * params.out_width + ox) * channels + channel] / column_taps(ox, dilation.x);
    }
    sum += row / row_taps(oy, dilation.y);
  }
  out[index] = sum;
}
