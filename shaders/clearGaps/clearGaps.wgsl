// clearGaps/clearGaps: out[64 · b + i] = x[64 · b + i] for i < lengths[b], else 0.
//   x, out: [length]   lengths: [⌈length / 64⌉], how many of a block's elements are some tensor's
// Grid: one invocation for four elements.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { vectors: u32 }

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> lengths: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let places = vec4(4 * (index % 16)) + vec4(0, 1, 2, 3);
  out[index] = select(vec4(0.0), x[index], places < vec4(lengths[index / 16]));
}
