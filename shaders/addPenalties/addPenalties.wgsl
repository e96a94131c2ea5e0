// addPenalties/addPenalties: out = gradients + l1 · sign(θ) + 2 · l2 · θ, θ the parameters, l1 and l2 of each block of 64.
//   gradients, parameters, out: [length]   penalties: [2 · ⌈length / 64⌉], l1 and l2
// Grid: one invocation for four parameters.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { vectors: u32 }

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> parameters: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> penalties: array<vec2<f32>>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let penalty = penalties[index / 16];
  let theta = parameters[index];
  out[index] = gradients[index] + penalty.x * sign(theta) + 2 * penalty.y * theta;
}
