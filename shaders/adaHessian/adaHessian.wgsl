// adaHessian/adaHessian: m ← β₁ · m + (1 − β₁) · g, v ← β₂ · v + (1 − β₂) · d²,
//   θ ← θ − η · (m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ))ᵏ + ε) + λ · θ), with η and λ scaled for each block of 64.
//   coefficient1 = 1 / (1 − β₁ᵗ), coefficient2 = 1 / (1 − β₂ᵗ).
//   gradients, curvature (d), parameters (θ), firstMoment (m), secondMoment (v): [length]
//   segments: [2 · ⌈length / 64⌉], multipliers of η and of λ
// Grid: one invocation for four parameters.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

// take1 and take2 are 1 − β₁ and 1 − β₂, subtracted in f64.
struct Params {
  vectors: u32, beta1: f32, take1: f32, beta2: f32, take2: f32, epsilon: f32, weight_decay: f32, hessian_power: f32
}

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> segments: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> curvature: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> parameters: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> firstMoment: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> secondMoment: array<vec4<f32>>;
@group(0) @binding(6) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let scale = segments[index / 16];
  let theta = parameters[index];
  let d = curvature[index];
  let m = params.beta1 * firstMoment[index] + params.take1 * gradients[index];
  let v = params.beta2 * secondMoment[index] + params.take2 * d * d;
  var root = sqrt(v * step.coefficient2);
  if (params.hessian_power != 1) { root = pow(root, vec4(params.hessian_power)); }
  let direction = m * step.coefficient1 / (root + params.epsilon);
  firstMoment[index] = m;
  secondMoment[index] = v;
  parameters[index] = theta - step.learning_rate * scale.x * (direction + params.weight_decay * scale.y * theta);
}
