// transpose/gather: out[i] = x at the same coordinates in another order of axes.   out: count elements over up to 6
// collapsed axes; x has a stride along each.
// Grid: one invocation four neighbouring elements of the output: writes are whole vectors, reads go where they must.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  count: u32,
  size1: u32, size2: u32, size3: u32, size4: u32, size5: u32,
  stride0: u32, stride1: u32, stride2: u32, stride3: u32, stride4: u32, stride5: u32,
}

alias XElement = f32;         // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(2) var<uniform> params: Params;

// Where four elements of the output lie in x.
fn places(index: vec4<u32>) -> vec4<u32> {
  let i4 = index / params.size5;
  let i3 = i4 / params.size4;
  let i2 = i3 / params.size3;
  let i1 = i2 / params.size2;
  let i0 = i1 / params.size1;
  let outer = i0 * params.stride0 + (i1 % params.size1) * params.stride1 + (i2 % params.size2) * params.stride2;
  let inner = (i4 % params.size4) * params.stride4 + (index % params.size5) * params.stride5;
  return outer + (i3 % params.size3) * params.stride3 + inner;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vector = flat_workgroup(group, groups) * WG + local;
  let first = vector * 4;
  if (first >= params.count) { return; }
  // Past the end the last element repeats into the padding.
  let at = places(min(first + vec4<u32>(0, 1, 2, 3), vec4<u32>(params.count - 1)));
  out[vector] = OutVector(vec4(f32(x[at.x]), f32(x[at.y]), f32(x[at.z]), f32(x[at.w])));
}
