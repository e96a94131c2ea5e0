// resizeNearest/scalar: out[b, oy, ox, c] = x[b, ⌊(step · oy + shift) / unit⌋, …, c].
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
  let row = position_of(oy, axis_y) / params.unit_y;
  let column = position_of(ox, axis_x) / params.unit_x;
  out[index] = x[((item * params.height + row) * params.width + column) * channels + channel];
}
