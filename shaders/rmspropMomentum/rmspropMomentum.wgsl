// rmspropMomentum/rmspropMomentum: g ← g + λ · θ, n ← α · n + (1 − α) · g², u ← β · u + g / (√n + ε), θ ← θ − η · u, with η and λ scaled
//   for each block of 64.
//   gradients, parameters (θ), squareAverage (n), velocity (u): [length]
//   segments: [2 · ⌈length / 64⌉], multipliers of η and of λ
// Grid: one invocation for four parameters.
const INSIDE: u32 = 0;       // variant: 1 for ε inside the root, √(… + ε)
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

// take is 1 − α, subtracted in f64.
struct Params { vectors: u32, smoothing: f32, take: f32, epsilon: f32, momentum: f32, weight_decay: f32 }

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> segments: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> parameters: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> squareAverage: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> velocity: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let scale = segments[index / 16];
  let theta = parameters[index];
  let g = gradients[index] + params.weight_decay * scale.y * theta;
  let n = params.smoothing * squareAverage[index] + params.take * g * g;
  var root = sqrt(n) + params.epsilon;
  if (INSIDE == 1) { root = sqrt(n + params.epsilon); }
  let u = params.momentum * velocity[index] + g / root;
  squareAverage[index] = n;
  velocity[index] = u;
  parameters[index] = theta - step.learning_rate * scale.x * u;
}
