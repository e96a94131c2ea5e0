// gather/scalar: out[o, j, i] = x[o, indices[j], i], of any 4-byte type; an index past the end gives the word `missing`.
// x: [outer, length, inner]   indices: [rows]   out: [outer, rows, inner], count elements
// Grid: one invocation four neighbouring elements of the output.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/blocks.wgsl

struct Params { count: u32, rows: u32, length: u32, inner: u32, missing: u32 }

const NOWHERE: u32 = 0xffffffff;

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read> indices: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(3) var<uniform> params: Params;

// Where a line of the output begins in x, or past the end.
fn source(line: u32) -> u32 {
  let outer = line / params.rows;
  let taken = indices[line - outer * params.rows];
  return select(NOWHERE, (outer * params.length + taken) * params.inner, taken < params.length);
}

fn element(begin: u32, column: u32) -> u32 {
  if (begin == NOWHERE) { return params.missing; }
  return x[begin + column];
}

fn lone_element(index: u32) -> u32 {
  let line = index / params.inner;
  return element(source(line), index - line * params.inner);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vector = flat_workgroup(group, groups) * WG + local;
  let first = vector * 4;
  if (first >= params.count) { return; }
  let line = first / params.inner;
  let column = first - line * params.inner;
  if (column + 3 < params.inner) {
    let begin = source(line);
    if (begin != NOWHERE) {
      let at = begin + column;
      out[vector] = vec4<u32>(x[at], x[at + 1], x[at + 2], x[at + 3]);
      return;
    }
    out[vector] = vec4<u32>(params.missing);
    return;
  }
  // They go on in the next line; past the end the last element repeats into the padding.
  let at = four(first, params.count);
  out[vector] = vec4<u32>(lone_element(at.x), lone_element(at.y), lone_element(at.z), lone_element(at.w));
}
