// oneHot/oneHot: out[i, c] = 1 where c is indices[i], else 0.   indices: [rows]   out: [rows, classes], count elements
// Grid: one invocation four neighbouring elements of the output.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/blocks.wgsl

struct Params { count: u32, classes: u32 }

@group(0) @binding(0) var<storage, read> indices: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vector = flat_workgroup(group, groups) * WG + local;
  if (vector * 4 >= params.count) { return; }
  let at = four(vector * 4, params.count);
  let row = at / params.classes;
  let wanted = vec4<u32>(indices[row.x], indices[row.y], indices[row.z], indices[row.w]);
  out[vector] = select(vec4<f32>(), vec4<f32>(1), at - row * params.classes == wanted);
}
