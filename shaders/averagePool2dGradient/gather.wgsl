// averagePool2dGradient/gather: the adjoint of averagePool2d: out[b, y, x, c] = Σ dy[w] / taps of w over its windows w.
//   dy: [batch, out_height, out_width, channels]   out: [batch, height, width, channels]
// Grid: one invocation for an input element. It looks at the windows that reach it, in a fixed order, so no atomics.
// Accepts everything.
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

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

fn row_taps(oy: u32) -> u32 {
  let at = oy * params.stride_y;
  if (COUNT_PADDING == 1) {
    return taps_counted(at, params.counted_height, params.kernel_height, params.dilation_y);
  }
  var inside = taps_inside(at, params.pad_top, params.height, params.kernel_height, params.dilation_y);
  if (ADAPTIVE == 1) { inside = bin_range(oy, params.out_height, params.height); }
  return inside.y - inside.x;
}

fn column_taps(ox: u32) -> u32 {
  let at = ox * params.stride_x;
  if (COUNT_PADDING == 1) {
    return taps_counted(at, params.counted_width, params.kernel_width, params.dilation_x);
  }
  var inside = taps_inside(at, params.pad_left, params.width, params.kernel_width, params.dilation_x);
  if (ADAPTIVE == 1) { inside = bin_range(ox, params.out_width, params.width); }
  return inside.y - inside.x;
}

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
  var sum = f32();
  for (var oy = rows.x; oy < rows.y; oy++) {
    if ((y - oy * params.stride_y) % params.dilation_y != 0) { continue; }
    var row = f32();
    for (var ox = columns.x; ox < columns.y; ox++) {
      if ((x - ox * params.stride_x) % params.dilation_x != 0) { continue; }
      row += dy[((image + oy) * params.out_width + ox) * channels + channel] / f32(column_taps(ox));
    }
    sum += row / f32(row_taps(oy));
  }
  out[index] = sum;
}
