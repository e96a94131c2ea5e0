// move/strided: out[i] = x[offset + Σ cₖ · strideₖ], c the coordinates of i: permuted, sliced, reversed or repeated, of any
// 4-byte type.   out: count elements over up to 6 collapsed axes; strides are 0 where x repeats, negative where it is reversed
// Grid: one invocation four neighbouring elements of the output: writes are whole vectors, reads go where they must.
const RANK: u32 = 6;         // variant: axes of more than one element, rounded up to 2, 4 or 6
const LINE: u32 = 0;         // variant: 1 where the last axis is a multiple of 4, so that four neighbours are of one line
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/blocks.wgsl
//!include lib/strided.wgsl

struct Params {
  count: u32, offset: i32,
  size1: u32, size2: u32, size3: u32, size4: u32, size5: u32,
  stride0: i32, stride1: i32, stride2: i32, stride3: i32, stride4: i32, stride5: i32,
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(2) var<uniform> params: Params;

fn place(index: u32) -> i32 {
  let axes = Axes(params.size1, params.size2, params.size3, params.size4, params.size5, params.stride0, params.stride1,
                  params.stride2, params.stride3, params.stride4, params.stride5);
  return params.offset + strided_place(index, axes, RANK);
}

fn places(index: u32) -> vec4<i32> {
  if (LINE == 1) { return place(index) + vec4<i32>(0, 1, 2, 3) * params.stride5; }
  // Past the end the last element repeats into the padding.
  let held = four(index, params.count);
  return vec4<i32>(place(held.x), place(held.y), place(held.z), place(held.w));
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vector = flat_workgroup(group, groups) * WG + local;
  let first = vector * 4;
  if (first >= params.count) { return; }
  let at = places(first);
  out[vector] = vec4<u32>(x[at.x], x[at.y], x[at.z], x[at.w]);
}
