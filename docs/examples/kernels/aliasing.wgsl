// aliasing: out[i] = x[i] − x[i − 1], out[0] = x[0].   x, out: [count], one buffer: out holds x when the kernel begins
// Grid: one invocation an element. Wrong on purpose: the neighbour to the left may have written its result already where
// its input is read. An output may take an input's storage over only where each invocation reads no place but its own.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { count: u32 }

@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.count) { return; }
  var left = 0f;
  if (index > 0) { left = out[index - 1]; }
  out[index] -= left;
}
