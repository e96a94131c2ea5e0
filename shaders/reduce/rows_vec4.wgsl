// reduce/rows_vec4: out[o, p] = epilogue(fold of x[o, l] over the p-th part of l).
//   x: [outer, length]   out: [outer, parts]; all parts have `part` elements, the last one what is left
// Grid: one invocation an output, its terms in order in four lanes. As reduce/serial over neighbours, with whole vectors:
// part is a multiple of 4, and so is length where there are several rows.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/reduce.wgsl

struct Params { outer: u32, length: u32, parts: u32, part: u32 }

alias XVector = vec4<f32>;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
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
  if (index >= params.outer * params.parts) { return; }
  let first = index % params.parts * params.part;
  let count = min(params.part, params.length - first);
  var at = (index / params.parts * params.length + first) / 4;
  var place = first + vec4<u32>(0, 1, 2, 3);
  var lanes = fold_start();
  for (var i = loop_bound(count / 4, groups); i > 0; i--) {
    lanes = fold_take(lanes, vec4<f32>(x[at]), vec4<bool>(true), place);
    at++;
    place += 4;
  }
  if (count % 4 > 0) {
    lanes = fold_take(lanes, vec4<f32>(x[at]), vec4<u32>(0, 1, 2, 3) < vec4<u32>(count % 4), place);
  }
  out[index] = OutElement(epilogue(fold_results(join_lanes(lanes))).x);
}
