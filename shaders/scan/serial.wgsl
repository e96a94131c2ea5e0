// scan/serial: out[o, l, i] = the sum (or product) of x[o, k, i] over k up to l, without l where `exclusive`; where
// `reverse`, over k from l on. Each part of l begins with what starts[o, p, i] says, or with nothing.
//   x, out: [outer, length, inner]   starts: [outer, parts, inner]; parts have `part` elements, the last what is left
// Grid: one invocation a part of a line, one element after the other.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include cumsum/step.wgsl

struct Params { outer: u32, length: u32, inner: u32, parts: u32, part: u32, reverse: u32, exclusive: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
//!optional
@group(0) @binding(1) var<storage, read> starts: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

fn load_starts(index: u32) -> vec4<f32> { return vec4<f32>(starts[index]); }

//!replace
fn begin(value: vec4<f32>, index: u32) -> vec4<f32> {
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
  let backwards = params.reverse == 1;
  // Unsigned numbers wrap: adding this goes back.
  let stride = select(inner, 0 - inner, backwards);
  let exclusive = params.exclusive == 1;
  var at = (row / params.parts * params.length + first + select(0, count - 1, backwards)) * inner + index % inner;
  var total = begin(vec4<f32>(NOTHING), index).x;
  for (var i = loop_bound(count, groups); i > 0; i--) {
    let next = step(vec4<f32>(total), vec4<f32>(x[at])).x;
    out[at] = select(next, total, exclusive);
    total = next;
    at += stride;
  }
}
