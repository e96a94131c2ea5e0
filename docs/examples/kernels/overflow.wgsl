// overflow: out[i] = tanh x[i].   x, out: [count]
// Grid: one invocation an element. Wrong on purpose: (e²ˣ − 1) / (e²ˣ + 1) is ∞ / ∞, no number, where e²ˣ leaves f32.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { count: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.count) { return; }
  let power = exp(2 * x[index]);
  out[index] = (power - 1) / (power + 1);
}
