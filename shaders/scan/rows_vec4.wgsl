// scan/rows_vec4: out[o, l] = the sum (or product) of x[o, k] over k up to l, without l where `exclusive`; where `reverse`,
// over k from l on. Each part of l begins with what starts[o, p] says, or with nothing.
//   x, out: [outer, length]   starts: [outer, parts]; parts have `part` elements, the last what is left
// Grid: one invocation a part of a row. As scan/serial over neighbours, with whole vectors: length and part are multiples
// of 4.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include cumsum/step.wgsl

struct Params { outer: u32, length: u32, parts: u32, part: u32, reverse: u32, exclusive: u32 }

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
//!optional
@group(0) @binding(1) var<storage, read> starts: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
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
  if (index >= params.outer * params.parts) { return; }
  let first = index % params.parts * params.part;
  let vectors = min(params.part, params.length - first) / 4;
  let backwards = params.reverse == 1;
  // Unsigned numbers wrap: adding this goes back.
  let stride = select(1u, 0xffffffffu, backwards);
  let exclusive = params.exclusive == 1;
  var at = (index / params.parts * params.length + first) / 4 + select(0, vectors - 1, backwards);
  var total = begin(vec4<f32>(NOTHING), index);
  for (var i = loop_bound(vectors, groups); i > 0; i--) {
    let four = select(x[at], x[at].wzyx, backwards);
    let s0 = step(total, four.xxxx);
    let s1 = step(s0, four.yyyy);
    let s2 = step(s1, four.zzzz);
    let s3 = step(s2, four.wwww);
    let results = select(vec4(s0.x, s1.x, s2.x, s3.x), vec4(total.x, s0.x, s1.x, s2.x), exclusive);
    out[at] = select(results, results.wzyx, backwards);
    total = s3;
    at += stride;
  }
}
