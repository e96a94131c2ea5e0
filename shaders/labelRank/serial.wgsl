// labelRank/serial: out[r] = how many classes stand before labels[r] where the row's logits fall, the first of equal ones
//   before the others; NaN counts as largest. No class: columns.   logits: [rows, columns]   labels, out: [rows]
// Grid: one invocation a row. No workgroup memory.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/order.wgsl

struct Params { rows: u32, columns: u32 }

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups) * WG + local;
  if (row >= params.rows) { return; }
  let start = row * params.columns;
  let label = labels[row];
  var rank = params.columns;
  if (label < params.columns) {
    let end = loop_bound(params.columns, groups);
    let own = order_of(logits[start + label]);
    rank = 0;
    for (var c = 0u; c < end; c++) {
      let order = order_of(logits[start + c]);
      rank += u32(order > own || (order == own && c < label));
    }
  }
  out[row] = f32(rank);
}
