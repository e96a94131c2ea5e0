// lookahead/lookahead: after each k-th step φ ← φ + α · (θ − φ), θ ← φ; nothing at the others.
//   parameters (θ, as the inner optimizer left them), slowWeights (φ): [length]
// Grid: one invocation for four parameters.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { vectors: u32, steps: u32, slow_step: f32 }

@group(0) @binding(0) var<storage, read_write> parameters: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> slowWeights: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors || (step.index + 1) % params.steps != 0) { return; }
  let slow = slowWeights[index];
  let moved = slow + params.slow_step * (parameters[index] - slow);
  slowWeights[index] = moved;
  parameters[index] = moved;
}
