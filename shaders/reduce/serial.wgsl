// reduce/serial: out[o, p, i] = epilogue(fold of x[o, l, i] over the p-th part of l).
//   x: [outer, length, inner]   out: [outer, parts, inner]; all parts have `part` elements, the last one what is left
// Grid: one invocation an output, its terms in order in four lanes, so that they neither wait for each other nor lose as
// many digits. No workgroup memory: short rows, adapters on which a barrier is dear.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/reduce.wgsl

struct Params { outer: u32, length: u32, inner: u32, parts: u32, part: u32 }

alias XElement = f32;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(2) var<uniform> params: Params;

//!replace
fn epilogue(value: Results) -> Results {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  let inner = params.inner;
  if (index >= params.outer * params.parts * inner) { return; }
  let row = index / inner;
  let first = row % params.parts * params.part;
  let count = min(params.part, params.length - first);
  var at = (row / params.parts * params.length + first) * inner + index % inner;
  var place = first + vec4<u32>(0, 1, 2, 3);
  var lanes = fold_start();
  for (var i = loop_bound(count / 4, groups); i > 0; i--) {
    let four = vec4<f32>(vec4(x[at], x[at + inner], x[at + 2 * inner], x[at + 3 * inner]));
    lanes = fold_take(lanes, four, vec4<bool>(true), place);
    at += 4 * inner;
    place += 4;
  }
  let left = count % 4;
  if (left > 0) {
    let held = at + min(vec4<u32>(0, 1, 2, 3), vec4<u32>(left - 1)) * inner;
    let four = vec4<f32>(vec4(x[held.x], x[held.y], x[held.z], x[held.w]));
    lanes = fold_take(lanes, four, vec4<u32>(0, 1, 2, 3) < vec4<u32>(left), place);
  }
  out[index] = OutElement(epilogue(fold_results(join_lanes(lanes))).x);
}
