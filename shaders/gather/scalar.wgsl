// gather/scalar: out[o, j, i] = x[o, indices[j], i], of any 4-byte type; an index past the end gives the word `missing`.
// x: [outer, length, inner]   indices: [rows]   out: [outer, rows, inner], count elements
// Grid: one invocation four neighbouring elements of the output.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/blocks.wgsl

struct Params { count: u32, rows: u32, length: u32, inner: u32, missing: u32 }

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read> indices: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(3) var<uniform> params: Params;

fn element(index: u32) -> u32 {
  let line = index / params.inner;
  let outer = line / params.rows;
  let taken = indices[line - outer * params.rows];
  if (taken >= params.length) { return params.missing; }
  return x[(outer * params.length + taken) * params.inner + index - line * params.inner];
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vector = flat_workgroup(group, groups) * WG + local;
  if (vector * 4 >= params.count) { return; }
  // Past the end the last element repeats into the padding.
  let at = four(vector * 4, params.count);
  out[vector] = vec4<u32>(element(at.x), element(at.y), element(at.z), element(at.w));
}
