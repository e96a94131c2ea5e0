// softmax/serial: out[o, l, i] = exp(x[o, l, i]) / Σ_l exp(x[o, l, i]), or its logarithm.
//   x, out: [outer, length, inner]
// Grid: one invocation a line, four elements at a time. No workgroup memory: short lines, lines side by side, adapters on
// which a barrier is dear.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include softmax/share.wgsl

struct Params { outer: u32, length: u32, inner: u32 }

alias XElement = f32;    // storage: f32 or f16
alias OutElement = f32;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(2) var<uniform> params: Params;

fn places_from(first: u32) -> vec4<u32> { return first + vec4<u32>(0, 1, 2, 3); }

fn load(start: u32, places: vec4<u32>) -> vec4<f32> {
  let at = start + held_columns(places, params.length) * params.inner;
  return vec4<f32>(vec4(x[at.x], x[at.y], x[at.z], x[at.w]));
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  let inner = params.inner;
  if (index >= params.outer * inner) { return; }
  let start = index / inner * params.length * inner + index % inner;
  let end = loop_bound(params.length, groups);
  var best = load(start, places_from(0));
  for (var l = 4u; l < end; l += 4) { best = max(best, load(start, places_from(l))); }
  let top = largest_of(best);
  var sums = vec4<f32>();
  for (var l = 0u; l < end; l += 4) {
    let places = places_from(l);
    sums += powers_of(load(start, places), top, places, params.length);
  }
  let total = total_of(sums);
  for (var l = 0u; l < end; l += 4) {
    let four = share_of(load(start, places_from(l)), vec4<f32>(top), vec4<f32>(total));
    for (var i = 0u; i < min(4, end - l); i++) {
      out[start + (l + i) * inner] = OutElement(four[i]);
    }
  }
}
