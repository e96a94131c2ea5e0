// reduce/columns_vec4: out[o, p, i] = epilogue(fold of x[o, l, i] over the p-th part of l).
//   x: [outer, length, inner]   out: [outer, parts, inner]; all parts have `part` elements, the last one what is left
// Grid: one invocation four neighbouring outputs, their terms in order in four folds each. As reduce/serial, with whole
// vectors: inner is a multiple of 4.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/reduce.wgsl

struct Params { outer: u32, length: u32, inner: u32, parts: u32, part: u32 }

alias XVector = vec4<f32>;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(2) var<uniform> params: Params;

//!replace
fn epilogue(value: Results) -> Results {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let inner = params.inner / 4;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.outer * params.parts * inner) { return; }
  let row = index / inner;
  let first = row % params.parts * params.part;
  let count = min(params.part, params.length - first);
  var at = (row / params.parts * params.length + first) * inner + index % inner;
  let all = vec4<bool>(true);
  var place = vec4<u32>(first);
  var f0 = fold_start(); var f1 = fold_start(); var f2 = fold_start(); var f3 = fold_start();
  for (var i = loop_bound(count / 4, groups); i > 0; i--) {
    f0 = fold_take(f0, vec4<f32>(x[at]), all, place);
    f1 = fold_take(f1, vec4<f32>(x[at + inner]), all, place + 1);
    f2 = fold_take(f2, vec4<f32>(x[at + 2 * inner]), all, place + 2);
    f3 = fold_take(f3, vec4<f32>(x[at + 3 * inner]), all, place + 3);
    at += 4 * inner;
    place += 4;
  }
  for (var i = loop_bound(count % 4, groups); i > 0; i--) {
    f0 = fold_take(f0, vec4<f32>(x[at]), all, place);
    at += inner;
    place += 1;
  }
  out[index] = OutVector(epilogue(fold_results(fold_join(fold_join(f0, f1), fold_join(f2, f3)))));
}
