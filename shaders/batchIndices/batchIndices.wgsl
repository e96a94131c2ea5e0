// batchIndices/batchIndices: indices[i] = permutation[start + i], present[i] = 1, start from the step.
//   permutation: [≥ count]   indices, present: [batch]; from `count` on, indices = 0xFFFFFFFF and present = 0
// Grid: one invocation an index.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { batch: u32, count: u32 }

@group(0) @binding(0) var<storage, read> permutation: array<u32>;
@group(0) @binding(1) var<storage, read_write> indices: array<u32>;
@group(0) @binding(2) var<storage, read_write> present: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.batch) { return; }
  let position = step.batch_start + index;
  if (position < params.count) {
    indices[index] = permutation[position];
    present[index] = 1;
  } else {
    indices[index] = 0xffffffffu;
    present[index] = 0;
  }
}
