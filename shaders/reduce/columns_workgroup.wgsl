// reduce/columns_workgroup: out[o, p, i] = epilogue(fold of x[o, l, i] over the p-th part of l).
//   x: [outer, length, inner], inner a multiple of 4   out: [outer, parts, inner]; all parts have `part` elements, the last
//   one what is left
// Grid: one workgroup the p-th part of 4 · across neighbouring columns; `across` is a power of two up to 64. Lines of
// invocations take every so many elements of their columns; a tree in workgroup memory joins them, in a fixed order.
const WG: u32 = 64;          // variant: invocations a workgroup, a power of two

//!include lib/grid.wgsl
//!include lib/reduce.wgsl

struct Params { outer: u32, length: u32, inner: u32, parts: u32, part: u32, across: u32 }

alias XVector = vec4<f32>;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(2) var<uniform> params: Params;

var<workgroup> partial: array<Fold, WG>;

//!replace
fn epilogue(value: Results) -> Results {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let inner = params.inner / 4;
  let across = params.across;
  let tiles = (inner + across - 1) / across;
  let flat = flat_workgroup(group, groups);
  let row = flat / tiles;
  if (row >= params.outer * params.parts) { return; }
  let column = flat % tiles * across + local % across;
  let first = row % params.parts * params.part;
  let count = min(params.part, params.length - first);
  let start = (row / params.parts * params.length + first) * inner + min(column, inner - 1);
  let lines = WG / across;
  let line = local / across;
  var f0 = fold_start(); var f1 = fold_start();
  for (var l = line; l < count; l += 2 * lines) {
    let next = l + lines;
    f0 = fold_take(f0, vec4<f32>(x[start + l * inner]), vec4<bool>(true), vec4<u32>(first + l));
    f1 = fold_take(f1, vec4<f32>(x[start + min(next, count - 1) * inner]), vec4<bool>(next < count), vec4<u32>(first + next));
  }
  partial[local] = fold_join(f0, f1);
  for (var half = WG / 2; half >= across; half /= 2) {
    workgroupBarrier();
    if (local < half) { partial[local] = fold_join(partial[local], partial[local + half]); }
  }
  if (line == 0 && column < inner) { out[row * inner + column] = OutVector(epilogue(fold_results(partial[local]))); }
}
