// adabound/adabound: g ← g + λ · θ, m ← β₁ · m + (1 − β₁) · g, v ← β₂ · v + (1 − β₂) · g²,
//   θ ← θ − η · clamp(c₁ / (√v + ε), c₂, c₃) · m,
//   with η and λ scaled for each block of 64, and the coefficients c₁ = √(1 − β₂ᵗ) / (1 − β₁ᵗ), c₂ and c₃ the bounds as
//   multiples of η.
//   gradients, parameters (θ), firstMoment (m), secondMoment (v): [length]
//   segments: [2 · ⌈length / 64⌉], multipliers of η and of λ
// Grid: one invocation for four parameters.
const DECOUPLED: u32 = 0;    // variant: 1 for a decay apart from the moments: g stays, θ ← θ − η · λ · θ besides
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

// take1 and take2 are 1 − β₁ and 1 − β₂, subtracted in f64.
struct Params { vectors: u32, beta1: f32, take1: f32, beta2: f32, take2: f32, epsilon: f32, weight_decay: f32 }

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> segments: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> parameters: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> firstMoment: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> secondMoment: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let scale = segments[index / 16];
  let theta = parameters[index];
  let decay = params.weight_decay * scale.y * theta;
  var g = gradients[index];
  if (DECOUPLED == 0) { g += decay; }
  let m = params.beta1 * firstMoment[index] + params.take1 * g;
  let v = params.beta2 * secondMoment[index] + params.take2 * g * g;
  firstMoment[index] = m;
  secondMoment[index] = v;
  let size = step.coefficient1 / (sqrt(v) + params.epsilon);
  var direction = clamp(size, vec4(step.coefficient2), vec4(step.coefficient3)) * m;
  if (DECOUPLED == 1) { direction += decay; }
  parameters[index] = theta - step.learning_rate * scale.x * direction;
}
