// concat/concat_vec4: as `concat/concat`, in whole vectors: all lengths count them.
// Grid: one invocation RUN neighbouring vectors of a row.
const PARTS: u32 = 6;        // variant: tensors to join, 1 to 6
const RUN: u32 = 1;          // variant: vectors an invocation, 1 or 4, of which a row has a multiple
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

// Where parts a to e end in a row of the output; f ends with the row.
struct Params { count: u32, length: u32, end_a: u32, end_b: u32, end_c: u32, end_d: u32, end_e: u32 }

@group(0) @binding(0) var<storage, read> a: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> c: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read> d: array<vec4<u32>>;
@group(0) @binding(4) var<storage, read> e: array<vec4<u32>>;
@group(0) @binding(5) var<storage, read> f: array<vec4<u32>>;
@group(0) @binding(6) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(7) var<uniform> params: Params;

fn vector(row: u32, column: u32) -> vec4<u32> {
  if (PARTS == 1 || column < params.end_a) { return a[row * params.end_a + column]; }
  if (PARTS == 2 || column < params.end_b) { return b[row * (params.end_b - params.end_a) + column - params.end_a]; }
  if (PARTS == 3 || column < params.end_c) { return c[row * (params.end_c - params.end_b) + column - params.end_b]; }
  if (PARTS == 4 || column < params.end_d) { return d[row * (params.end_d - params.end_c) + column - params.end_c]; }
  if (PARTS == 5 || column < params.end_e) { return e[row * (params.end_e - params.end_d) + column - params.end_d]; }
  return f[row * (params.length - params.end_e) + column - params.end_e];
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let first = (flat_workgroup(group, groups) * WG + local) * RUN;
  if (first >= params.count) { return; }
  let row = first / params.length;
  let column = first - row * params.length;
  out[first] = vector(row, column);
  if (RUN == 4) {
    out[first + 1] = vector(row, column + 1);
    out[first + 2] = vector(row, column + 2);
    out[first + 3] = vector(row, column + 3);
  }
}
