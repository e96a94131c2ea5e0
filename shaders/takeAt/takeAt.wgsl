// takeAt/takeAt: out[i] = x[indices[i]].   indices, out: [4 · vectors]   x: [elements]
// Grid: one invocation for four elements. An index past the end takes the last element, as do those in the padding.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { vectors: u32, elements: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> indices: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let at = min(indices[index], vec4(params.elements - 1));
  out[index] = vec4(x[at.x], x[at.y], x[at.z], x[at.w]);
}
