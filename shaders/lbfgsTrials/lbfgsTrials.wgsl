// lbfgsTrials/lbfgsTrials: trials[k] = θ + η · α · shrinkᵏ · d with d the combination of the history and g that the coefficients
//   say; keeps y = g − g⁻ and then g⁻ ← g.
//   gradients (g), parameters (θ), previousGradients (g⁻): [length]   history: [2 · slots · length]
//   coefficients: [2 · slots + 5], as lbfgsCoefficients leaves them   trials: [count · length]
// Grid: one invocation for four elements.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { vectors: u32, slots: u32, count: u32, shrink: f32 }

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> parameters: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> coefficients: array<f32>;
@group(0) @binding(3) var<storage, read_write> previousGradients: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> history: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> trials: array<vec4<f32>>;
@group(0) @binding(6) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let g = gradients[index];
  let newest = params.slots + u32(coefficients[2 * params.slots + 3]);
  history[newest * params.vectors + index] = g - previousGradients[index];
  previousGradients[index] = g;
  let pairs = loop_bound(2 * params.slots, groups);
  var d = coefficients[pairs] * g;
  for (var basis = 0u; basis < pairs; basis++) {
    let weight = coefficients[basis];
    if (weight != 0) { d += weight * history[basis * params.vectors + index]; }
  }
  let theta = parameters[index];
  var length = step.learning_rate * coefficients[pairs + 2];
  let count = loop_bound(params.count, groups);
  for (var trial = 0u; trial < count; trial++) {
    trials[trial * params.vectors + index] = theta + length * d;
    length *= params.shrink;
  }
}
