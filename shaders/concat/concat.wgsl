// concat/concat: rows of up to six tensors one after the other, of any 4-byte type.   a to f: [rows, own length], those not
// wanted bound again and of length 0   out: [rows, length], count elements
// Grid: one invocation four neighbouring elements of the output.
const PARTS: u32 = 6;        // variant: tensors to join, 1 to 6
const LINE: u32 = 0;         // variant: 1 where a row is a multiple of 4, so that four neighbours are of one line
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/blocks.wgsl

// Where parts a to e end in a row of the output; f ends with the row.
struct Params { count: u32, length: u32, end_a: u32, end_b: u32, end_c: u32, end_d: u32, end_e: u32 }

@group(0) @binding(0) var<storage, read> a: array<u32>;
@group(0) @binding(1) var<storage, read> b: array<u32>;
@group(0) @binding(2) var<storage, read> c: array<u32>;
@group(0) @binding(3) var<storage, read> d: array<u32>;
@group(0) @binding(4) var<storage, read> e: array<u32>;
@group(0) @binding(5) var<storage, read> f: array<u32>;
@group(0) @binding(6) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(7) var<uniform> params: Params;

fn element(row: u32, column: u32) -> u32 {
  if (PARTS == 1 || column < params.end_a) { return a[row * params.end_a + column]; }
  if (PARTS == 2 || column < params.end_b) { return b[row * (params.end_b - params.end_a) + column - params.end_a]; }
  if (PARTS == 3 || column < params.end_c) { return c[row * (params.end_c - params.end_b) + column - params.end_b]; }
  if (PARTS == 4 || column < params.end_d) { return d[row * (params.end_d - params.end_c) + column - params.end_c]; }
  if (PARTS == 5 || column < params.end_e) { return e[row * (params.end_e - params.end_d) + column - params.end_d]; }
  return f[row * (params.length - params.end_e) + column - params.end_e];
}

fn lone_element(index: u32) -> u32 {
  let row = index / params.length;
  return element(row, index - row * params.length);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vector = flat_workgroup(group, groups) * WG + local;
  let first = vector * 4;
  if (first >= params.count) { return; }
  if (LINE == 1) {
    let row = first / params.length;
    let column = first - row * params.length;
    out[vector] = vec4<u32>(element(row, column), element(row, column + 1), element(row, column + 2),
                            element(row, column + 3));
    return;
  }
  // Past the end the last element repeats into the padding.
  let at = four(first, params.count);
  out[vector] = vec4<u32>(lone_element(at.x), lone_element(at.y), lone_element(at.z), lone_element(at.w));
}
