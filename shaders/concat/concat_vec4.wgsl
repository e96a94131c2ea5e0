// concat/concat_vec4: as `concat/concat`, in whole vectors: all lengths count them.
// Grid: one invocation RUN neighbouring vectors of a row.
const PARTS: u32 = 6;        // variant: tensors to join, 1 to 6
const RUN: u32 = 1;          // variant: vectors an invocation, 1 or 4, of which all lengths are multiples
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

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let first = (flat_workgroup(group, groups) * WG + local) * RUN;
  if (first >= params.count) { return; }
  let row = first / params.length;
  let column = first - row * params.length;
  // Written out: on software adapters a loop would cost as much as it saves.
  if (column < params.end_a) {
    let at = row * params.end_a + column;
    out[first] = a[at];
    if (RUN == 4) {
      out[first + 1] = a[at + 1];
      out[first + 2] = a[at + 2];
      out[first + 3] = a[at + 3];
    }
  }
  if (PARTS > 1 && column >= params.end_a && column < params.end_b) {
    let at = row * (params.end_b - params.end_a) + column - params.end_a;
    out[first] = b[at];
    if (RUN == 4) {
      out[first + 1] = b[at + 1];
      out[first + 2] = b[at + 2];
      out[first + 3] = b[at + 3];
    }
  }
  if (PARTS > 2 && column >= params.end_b && column < params.end_c) {
    let at = row * (params.end_c - params.end_b) + column - params.end_b;
    out[first] = c[at];
    if (RUN == 4) {
      out[first + 1] = c[at + 1];
      out[first + 2] = c[at + 2];
      out[first + 3] = c[at + 3];
    }
  }
  if (PARTS > 3 && column >= params.end_c && column < params.end_d) {
    let at = row * (params.end_d - params.end_c) + column - params.end_c;
    out[first] = d[at];
    if (RUN == 4) {
      out[first + 1] = d[at + 1];
      out[first + 2] = d[at + 2];
      out[first + 3] = d[at + 3];
    }
  }
  if (PARTS > 4 && column >= params.end_d && column < params.end_e) {
    let at = row * (params.end_e - params.end_d) + column - params.end_d;
    out[first] = e[at];
    if (RUN == 4) {
      out[first + 1] = e[at + 1];
      out[first + 2] = e[at + 2];
      out[first + 3] = e[at + 3];
    }
  }
  if (PARTS > 5 && column >= params.end_e && column < params.length) {
    let at = row * (params.length - params.end_e) + column - params.end_e;
    out[first] = f[at];
    if (RUN == 4) {
      out[first + 1] = f[at + 1];
      out[first + 2] = f[at + 2];
      out[first + 3] = f[at + 3];
    }
  }
}
