// softmax/workgroup: out[r, c] = exp(x[r, c]) / Σ_c exp(x[r, c]), or its logarithm.
//   x, out: [rows, columns]
// Grid: one workgroup of 64 a row. Each invocation takes every 64th column, four of them at a time.

//!include lib/grid.wgsl
//!include softmax/share.wgsl
//!include lib/fold.wgsl

struct Params { rows: u32, columns: u32 }

alias XElement = f32;    // storage: f32 or f16
alias OutElement = f32;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(2) var<uniform> params: Params;

fn columns_from(first: u32) -> vec4<u32> { return first + vec4<u32>(0, 64, 128, 192); }

fn load(start: u32, columns: vec4<u32>) -> vec4<f32> {
  let at = start + held_columns(columns, params.columns);
  return vec4<f32>(vec4(x[at.x], x[at.y], x[at.z], x[at.w]));
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups);
  if (row >= params.rows) { return; }
  let start = row * params.columns;
  var best = load(start, columns_from(local));
  for (var c = local + 256; c < params.columns; c += 256) { best = max(best, load(start, columns_from(c))); }
  let top = fold_max(local, largest_of(best));
  var sums = vec4<f32>();
  for (var c = local; c < params.columns; c += 256) {
    let columns = columns_from(c);
    sums += powers_of(load(start, columns), top, columns, params.columns);
  }
  let total = fold_sum(local, total_of(sums));
  for (var c = local; c < params.columns; c += 256) {
    let four = share_of(load(start, columns_from(c)), vec4<f32>(top), vec4<f32>(total));
    for (var i = 0u; i < 4; i++) {
      let column = c + 64 * i;
      if (column < params.columns) { out[start + column] = OutElement(four[i]); }
    }
  }
}
