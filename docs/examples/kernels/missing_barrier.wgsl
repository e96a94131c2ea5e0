// missing_barrier: out[r] = Σ_c x[r, c].   x: [rows, columns]   out: [rows]
// Grid: one workgroup a row. Wrong on purpose: the tree reads sums of other invocations without waiting for them, since no
// workgroupBarrier() stands in its loop.
const WG: u32 = 64;          // variant: invocations a workgroup, a power of two

//!include lib/grid.wgsl

struct Params { rows: u32, columns: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups);
  if (row >= params.rows) { return; }
  var total = 0f;
  for (var c = local; c < params.columns; c += WG) { total += x[row * params.columns + c]; }
  partial[local] = total;
  for (var half = WG / 2; half > 0; half /= 2) {
    if (local < half) { partial[local] += partial[local + half]; }
  }
  if (local == 0) { out[row] = partial[0]; }
}
