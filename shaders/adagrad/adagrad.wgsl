// adagrad/adagrad: g ← g + λ · θ, s ← s + g², θ ← θ − η · g / (√s + ε), with η and λ scaled for each block of 64.
//   gradients, parameters (θ), squareSum (s): [length]
//   segments: [2 · ⌈length / 64⌉], multipliers of η and of λ
// Grid: one invocation for four parameters.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { vectors: u32, epsilon: f32, weight_decay: f32 }

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> segments: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> parameters: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> squareSum: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let scale = segments[index / 16];
  let theta = parameters[index];
  let g = gradients[index] + params.weight_decay * scale.y * theta;
  let s = squareSum[index] + g * g;
  squareSum[index] = s;
  parameters[index] = theta - step.learning_rate * scale.x * g / (sqrt(s) + params.epsilon);
}
