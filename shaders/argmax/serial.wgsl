// argmax/serial: out[r] = the first c at which x[r, c] is largest; NaN counts as largest.   x: [rows, columns]   out: [rows]
// Grid: one invocation a row. No workgroup memory.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/order.wgsl

struct Params { rows: u32, columns: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups) * WG + local;
  if (row >= params.rows) { return; }
  let start = row * params.columns;
  let end = loop_bound(params.columns, groups);
  var best = BELOW_ALL;
  var place = 0u;
  for (var c = 0u; c < end; c++) {
    let order = order_of(x[start + c]);
    if (order > best) {
      best = order;
      place = c;
    }
  }
  out[row] = place;
}
