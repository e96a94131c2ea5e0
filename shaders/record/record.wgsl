// record/record: history[row · width + i] = values[i · stride], row from the step.
//   values: [(width − 1) · stride + 1]   history: [rows · width]
// Grid: one invocation a value.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { length: u32, width: u32, stride: u32 }

@group(0) @binding(0) var<storage, read> values: array<f32>;
@group(0) @binding(1) var<storage, read_write> history: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  let at = step.row * params.width + index;
  if (index < params.width && at < params.length) { history[at] = values[index * params.stride]; }
}
