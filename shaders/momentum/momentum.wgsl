// momentum/momentum: v ← β · v + γ · (g + λ · θ), θ ← θ − η · v, with g the gradients, θ the parameters, v the
// velocity, η and λ scaled for each block of 64.
//   gradients, parameters, velocity: [length]   segments: [2 · ⌈length / 64⌉], multipliers of η and of λ
// Grid: one invocation for four parameters. Nesterov's form looks ahead: it steps by β · v + γ · (g + λ · θ), v new.
// With the rate in the velocity v ← β · v − η · γ · (g + λ · θ), θ ← θ + v.
const NESTEROV: u32 = 0;     // variant: 1 to look ahead
const RATE_INSIDE: u32 = 0;  // variant: 1 for η in the velocity
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { vectors: u32, momentum: f32, gain: f32, weight_decay: f32 }

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> segments: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> parameters: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> velocity: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let scale = segments[index / 16];
  let theta = parameters[index];
  let rate = step.learning_rate * scale.x;
  var g = params.gain * (gradients[index] + params.weight_decay * scale.y * theta);
  if (RATE_INSIDE == 1) { g *= -rate; }
  let v = params.momentum * velocity[index] + g;
  var direction = v;
  if (NESTEROV == 1) { direction = params.momentum * v + g; }
  velocity[index] = v;
  parameters[index] = theta + select(-rate, 1.0, RATE_INSIDE == 1) * direction;
}
