// linearScan/serial: out[o, l, i] = y before l, where y = a[o, l, i] · y + b[o, l, i] is done at each l in turn, and y is 0
// at first; where `reverse`, from the last l to the first.   a, b, out: [outer, length, inner]
// Grid: one invocation a line, one element after the other.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { outer: u32, length: u32, inner: u32, reverse: u32 }

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  let inner = params.inner;
  if (index >= params.outer * inner) { return; }
  let backwards = params.reverse == 1;
  // Unsigned numbers wrap: adding this goes back.
  let stride = select(inner, 0 - inner, backwards);
  var at = (index / inner * params.length + select(0, params.length - 1, backwards)) * inner + index % inner;
  var y = 0f;
  for (var i = loop_bound(params.length, groups); i > 0; i--) {
    out[at] = y;
    y = fma(a[at], y, b[at]);
    at += stride;
  }
}
