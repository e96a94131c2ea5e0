// lambDirection/lambDirection: m ← β₁ · m + (1 − β₁) · g, v ← β₂ · v + (1 − β₂) · g²,
//   u = m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε) + λ · θ, λ scaled for each block of 64,
//   and for each block its shares of the squared norms: squares[b] = (Σ θ², Σ u²).
//   coefficient1 = 1 / (1 − β₁ᵗ), coefficient2 = 1 / (1 − β₂ᵗ).
//   gradients, parameters (θ), firstMoment (m), secondMoment (v), direction (u): [64 · blocks]
//   segments, squares: [2 · blocks]
// Grid: one invocation a block, so that sums need no barrier.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

// take1 and take2 are 1 − β₁ and 1 − β₂, subtracted in f64.
struct Params { blocks: u32, beta1: f32, take1: f32, beta2: f32, take2: f32, epsilon: f32, weight_decay: f32 }

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> segments: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> parameters: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> firstMoment: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> secondMoment: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> direction: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> squares: array<vec2<f32>>;
@group(0) @binding(7) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let block = flat_workgroup(group, groups) * WG + local;
  if (block >= params.blocks) { return; }
  let decay = params.weight_decay * segments[block].y;
  var own = vec4(0.0);
  var moved = vec4(0.0);
  for (var at = 0u; at < 16; at++) {
    let index = 16 * block + at;
    let theta = parameters[index];
    let g = gradients[index];
    let m = params.beta1 * firstMoment[index] + params.take1 * g;
    let v = params.beta2 * secondMoment[index] + params.take2 * g * g;
    let u = m * step.coefficient1 / (sqrt(v * step.coefficient2) + params.epsilon) + decay * theta;
    firstMoment[index] = m;
    secondMoment[index] = v;
    direction[index] = u;
    own += theta * theta;
    moved += u * u;
  }
  squares[block] = vec2(dot(own, vec4(1.0)), dot(moved, vec4(1.0)));
}
