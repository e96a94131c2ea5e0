// bad_index: out[i] = x[i]².   x, out: [count]
// Grid: one invocation an element. Wrong on purpose: the guard lets the index past the last element through, so that
// out[count] is written, which belongs to nobody.
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
  if (index > params.count) { return; }
  out[index] = x[index] * x[index];
}
