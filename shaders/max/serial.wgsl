// max/serial: out[o, i] = max_l x[o, l, i], NaN where one is NaN.   x: [outer, length, inner]   out: [outer, inner]
// Grid: one invocation an output. No workgroup memory: short rows, adapters on which a barrier is dear.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/order.wgsl

struct Params { outer: u32, length: u32, inner: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.outer * params.inner) { return; }
  let inner = params.inner;
  var at = index / inner * params.length * inner + index % inner;
  var best = BELOW_ALL;
  for (var i = loop_bound(params.length, groups); i > 0; i--) {
    best = max(best, order_of(x[at]));
    at += inner;
  }
  out[index] = number_of(best);
}
