// resizeBilinear/scalar: out[b, oy, ox, c] = x between the four pixels around ((step · oy + shift) / unit, …).
//   x: [batch, height, width, channels]   out: [batch, out_height, out_width, channels]
// Grid: one invocation for an output element. Accepts everything.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/resize.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32, out_height: u32, out_width: u32,
  step_y: u32, step_x: u32, shift_y: i32, shift_x: i32, unit_y: u32, unit_x: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

// At no distance the second is not looked at: it may be infinite.
fn between(first: f32, second: f32, distance: f32) -> f32 {
  return select(first * (1 - distance) + second * distance, first, distance == 0);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.batch * params.out_height * params.out_width * channels) { return; }

  let channel = index % channels;
  let pixel = index / channels;
  let line = pixel / params.out_width;
  let item = line / params.out_height;
  let oy = line % params.out_height;
  let ox = pixel % params.out_width;
  let axis_y = ResizedAxis(params.height, params.out_height, params.step_y, params.shift_y, params.unit_y);
  let axis_x = ResizedAxis(params.width, params.out_width, params.step_x, params.shift_x, params.unit_x);
  let at_y = position_of(oy, axis_y);
  let at_x = position_of(ox, axis_x);
  let top = (item * params.height + at_y / params.unit_y) * params.width;
  let bottom = top + select(0, params.width, at_y % params.unit_y > 0);
  let left = at_x / params.unit_x;
  let right = left + u32(at_x % params.unit_x > 0);
  let across = f32(at_x % params.unit_x) / f32(params.unit_x);
  let down = f32(at_y % params.unit_y) / f32(params.unit_y);
  let upper = between(x[(top + left) * channels + channel], x[(top + right) * channels + channel], across);
  let lower = between(x[(bottom + left) * channels + channel], x[(bottom + right) * channels + channel], across);
  out[index] = between(upper, lower, down);
}
