// movingAverage/movingAverage: a ← a + (1 − d) · (x − a), d = decay, or min(decay, (1 + t) / (10 + t)) while it warms up,
//   t the steps done before.
//   values (x), average (a): [length]
// Grid: one invocation for four elements.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

// take is 1 − decay, subtracted in f64; warm_up is 0 or 1.
struct Params { vectors: u32, take: f32, warm_up: u32 }

@group(0) @binding(0) var<storage, read> values: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> average: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  // 1 − (1 + t) / (10 + t).
  let first = select(0.0, 9 / (10 + f32(step.index)), params.warm_up == 1);
  let old = average[index];
  average[index] = old + max(params.take, first) * (values[index] - old);
}
