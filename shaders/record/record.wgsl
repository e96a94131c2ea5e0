// record/record: history[row · width + column] = value[0], row from the step.   value: [1]   history: [rows · width]
// Grid: one invocation.
//!include lib/step.wgsl

struct Params { length: u32, width: u32, column: u32 }

@group(0) @binding(0) var<storage, read> value: array<f32>;
@group(0) @binding(1) var<storage, read_write> history: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3<u32>) {
  let at = step.row * params.width + params.column;
  if (group.x == 0 && at < params.length) { history[at] = value[0]; }
}
