// reduce/rows_workgroup: out[o, p] = epilogue(fold of x[o, l] over the p-th part of l).
//   x: [outer, length]   out: [outer, parts]; all parts have `part` elements, the last one what is left
// Grid: `across` invocations an output, a power of two up to 64. Strided loads, then a tree in workgroup memory, in a fixed
// order.
const WG: u32 = 64;          // variant: invocations a workgroup, a power of two

//!include lib/grid.wgsl
//!include lib/reduce.wgsl

struct Params { outer: u32, length: u32, parts: u32, part: u32, across: u32 }

alias XElement = f32;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(2) var<uniform> params: Params;

var<workgroup> partial: array<Fold, WG>;

//!replace
fn epilogue(value: Results) -> Results {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let across = params.across;
  let begin = flat_workgroup(group, groups) * (WG / across);
  if (begin >= params.outer * params.parts) { return; }
  let index = begin + local / across;
  let held = min(index, params.outer * params.parts - 1);
  let lane = local % across;
  let first = held % params.parts * params.part;
  let count = min(params.part, params.length - first);
  let start = held / params.parts * params.length + first;
  var lanes = fold_start();
  for (var i = lane; i < count; i += 4 * across) {
    let place = i + vec4<u32>(0, 1, 2, 3) * across;
    let at = start + min(place, vec4<u32>(count - 1));
    lanes = fold_take(lanes, vec4<f32>(vec4(x[at.x], x[at.y], x[at.z], x[at.w])), place < vec4<u32>(count), first + place);
  }
  partial[local] = join_lanes(lanes);
  for (var half = loop_bound(across / 2, groups); half > 0; half /= 2) {
    workgroupBarrier();
    if (lane < half) { partial[local] = fold_join(partial[local], partial[local + half]); }
  }
  if (lane == 0 && index == held) { out[index] = OutElement(epilogue(fold_results(partial[local])).x); }
}
