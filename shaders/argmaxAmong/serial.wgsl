// argmaxAmong/serial: out[o, i] = the one of places[o, p, i] at which x is largest (or smallest), the first of several.
//   x: [outer, length, inner]   places: [outer, parts, inner], rising, each below length   out: [outer, inner]
// Grid: one invocation an output, four candidates at a time.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include argmax/fold.wgsl

struct Params { outer: u32, length: u32, inner: u32, parts: u32 }

alias XElement = f32;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read> places: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<u32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  let inner = params.inner;
  if (index >= params.outer * inner) { return; }
  let begin = index / inner * params.parts * inner + index % inner;
  let start = index / inner * params.length * inner + index % inner;
  let last = params.parts - 1;
  var lanes = fold_start();
  for (var p = 0u; p < loop_bound(params.parts, groups); p += 4) {
    // Past the end the last candidate repeats, which changes nothing.
    let at = begin + min(p + vec4<u32>(0, 1, 2, 3), vec4<u32>(last)) * inner;
    let place = vec4(places[at.x], places[at.y], places[at.z], places[at.w]);
    let source = start + place * inner;
    let four = vec4<f32>(vec4(x[source.x], x[source.y], x[source.z], x[source.w]));
    lanes = fold_take(lanes, four, vec4<bool>(true), place);
  }
  lanes = fold_join(lanes, swap_halves(lanes));
  out[index] = fold_join(lanes, swap_pairs(lanes)).place.x;
}
