// argmaxAmong/workgroup: out[o, i] = the one of places[o, p, i] at which x is largest (or smallest), the first of several.
//   x: [outer, length, inner]   places: [outer, parts, inner], rising, each below length   out: [outer, inner]
// Grid: one workgroup an output: each invocation takes every 64th candidate, a tree in workgroup memory joins them.
const WG: u32 = 64;          // variant: invocations a workgroup, a power of two

//!include lib/grid.wgsl
//!include argmax/fold.wgsl

struct Params { outer: u32, length: u32, inner: u32, parts: u32 }

alias XElement = f32;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read> places: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<u32>;
@group(0) @binding(3) var<uniform> params: Params;

var<workgroup> best: array<Fold, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups);
  let inner = params.inner;
  if (index >= params.outer * inner) { return; }
  let begin = index / inner * params.parts * inner + index % inner;
  let start = index / inner * params.length * inner + index % inner;
  var lanes = fold_start();
  for (var p = local; p < params.parts; p += WG) {
    let place = places[begin + p * inner];
    lanes = fold_take(lanes, vec4<f32>(x[start + place * inner]), vec4<bool>(true), vec4<u32>(place));
  }
  best[local] = lanes;
  for (var half = WG / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (local < half) { best[local] = fold_join(best[local], best[local + half]); }
  }
  if (local == 0) { out[index] = best[0].place.x; }
}
