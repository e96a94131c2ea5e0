// resizeBilinearGradient/gather: the adjoint of resizeBilinear: out[b, y, x, c] = Σ weight · dy over the pixels that read it.
//   dy: [batch, out_height, out_width, channels]   out: [batch, height, width, channels]
// Grid: one invocation for an input element. It adds up the pixels that read it, in a fixed order, so no atomics.
// Accepts everything.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/resize.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32, out_height: u32, out_width: u32,
  step_y: u32, step_x: u32, shift_y: i32, shift_x: i32, unit_y: u32, unit_x: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

// Of a place in the pixel between it and the next: 1 at the place, 0 a unit away.
fn weight(place: u32, resized: u32, axis: ResizedAxis) -> f32 {
  let away = abs(i32(place * axis.unit) - i32(position_of(resized, axis)));
  return f32(i32(axis.unit) - away) / f32(axis.unit);
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
  let item = line / params.height;
  let y = line % params.height;
  let x = pixel % params.width;
  let axis_y = ResizedAxis(params.height, params.out_height, params.step_y, params.shift_y, params.unit_y);
  let axis_x = ResizedAxis(params.width, params.out_width, params.step_x, params.shift_x, params.unit_x);
  let rows = readers_of(y, params.unit_y - 1, axis_y);
  let columns = readers_of(x, params.unit_x - 1, axis_x);
  var sum = f32();
  for (var oy = rows.x; oy < rows.y; oy++) {
    var row = f32();
    for (var ox = columns.x; ox < columns.y; ox++) {
      let at = ((item * params.out_height + oy) * params.out_width + ox) * channels + channel;
      row += weight(x, ox, axis_x) * dy[at];
    }
    sum += weight(y, oy, axis_y) * row;
  }
  out[index] = sum;
}
