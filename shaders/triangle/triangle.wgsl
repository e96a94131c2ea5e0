// triangle/triangle: out[m, r, c] = x[m, r, c] on one side of a diagonal and on it, else 0, of any 4-byte type. That side is
// c − r ≤ diagonal, or ≥.   x, out: [matrices, rows, columns], count vectors in all
// Grid: one invocation a vector of the output.
const UPPER: u32 = 0;        // variant: 0 keeps c − r ≤ diagonal, 1 keeps c − r ≥ diagonal
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { count: u32, rows: u32, columns: u32, diagonal: i32 }

@group(0) @binding(0) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vector = flat_workgroup(group, groups) * WG + local;
  if (vector >= params.count) { return; }
  let index = vec4<u32>(vector * 4) + vec4<u32>(0, 1, 2, 3);
  let line = index / params.columns;
  let column = vec4<i32>(index - line * params.columns);
  let distance = column - vec4<i32>(line % params.rows) - params.diagonal;
  let kept = select(distance <= vec4<i32>(), distance >= vec4<i32>(), UPPER == 1);
  out[vector] = select(vec4<u32>(), x[vector], kept);
}
