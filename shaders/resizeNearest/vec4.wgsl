// resizeNearest/vec4: out[b, oy, ox, c] = x[b, ⌊(step · oy + shift) / unit⌋, …, c].
//   x: [batch, height, width, channels]   out: [batch, out_height, out_width, channels]
// Grid: one invocation for four channels of an output pixel; they are a multiple of 4 and move as a whole vector.
const RUN: u32 = 1;          // variant: vectors of a pixel that one invocation does, which share what its place costs
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/resize.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32, out_height: u32, out_width: u32,
  step_y: u32, step_x: u32, shift_y: i32, shift_x: i32, unit_y: u32, unit_x: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels / 4;
  let runs = (channels - 1) / RUN + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  let pixel = index / runs;
  if (pixel >= params.batch * params.out_height * params.out_width) { return; }

  let line = pixel / params.out_width;
  let item = line / params.out_height;
  let oy = line % params.out_height;
  let ox = pixel % params.out_width;
  let axis_y = ResizedAxis(params.height, params.out_height, params.step_y, params.shift_y, params.unit_y);
  let axis_x = ResizedAxis(params.width, params.out_width, params.step_x, params.shift_x, params.unit_x);
  let row = position_of(oy, axis_y) / params.unit_y;
  let column = position_of(ox, axis_x) / params.unit_x;
  let source = ((item * params.height + row) * params.width + column) * channels;
  let first = index % runs * RUN;
  let end = min(first + RUN, channels);
  for (var channel = first; channel < end; channel++) {
    out[pixel * channels + channel] = x[source + channel];
  }
}
