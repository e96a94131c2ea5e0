// lbfgsStep/lbfgsStep: θ ← the first trial k with f(trial) ≤ f(θ) + c · α · shrinkᵏ · η · (g · d), Armijo's condition; θ where none
//   is. Keeps s, what θ moved by, and whether it did.
//   trials: [count · length]   losses: [stride · (count − 1) + 1], f of each trial   loss: [1], f(θ)
//   coefficients: [2 · slots + 5], as lbfgsCoefficients leaves them   parameters (θ): [length]
//   history: [2 · slots · length]   outcome: [4], 1 or 0, the length taken, the loss there, and which trial
// Grid: one invocation for four elements, each of which looks for the trial.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { vectors: u32, slots: u32, count: u32, stride: u32, shrink: f32, sufficient: f32 }

@group(0) @binding(0) var<storage, read> trials: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> losses: array<f32>;
@group(0) @binding(2) var<storage, read> loss: array<f32>;
@group(0) @binding(3) var<storage, read> coefficients: array<f32>;
@group(0) @binding(4) var<storage, read_write> parameters: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> history: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> outcome: array<f32>;
@group(0) @binding(7) var<uniform> params: Params;

fn is_finite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let more = 2 * params.slots;
  let slope = coefficients[more + 1];
  var length = step.learning_rate * coefficients[more + 2];
  var chosen = 0u;
  var reached = loss[0];
  let count = loop_bound(params.count, groups);
  for (; chosen < count; chosen++) {
    reached = losses[chosen * params.stride];
    if (is_finite(reached) && reached <= loss[0] + params.sufficient * length * slope) { break; }
    length *= params.shrink;
  }
  let theta = parameters[index];
  var moved = theta;
  if (chosen < count) { moved = trials[chosen * params.vectors + index]; }
  parameters[index] = moved;
  history[u32(coefficients[more + 4]) * params.vectors + index] = moved - theta;
  if (index == 0) {
    let found = chosen < count;
    outcome[0] = select(0.0, 1.0, found);
    outcome[1] = select(0.0, length, found);
    outcome[2] = select(loss[0], reached, found);
    outcome[3] = f32(chosen);
  }
}
