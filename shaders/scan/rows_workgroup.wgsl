// scan/rows_workgroup: out[o, l] = the sum (or product) of x[o, k] over k up to l, without l where `exclusive`; where
// `reverse`, over k from l on. Each part of l begins with what starts[o, p] says, or with nothing.
//   x, out: [outer, length]   starts: [outer, parts]; parts have `part` elements, the last what is left
// Grid: one workgroup of 64 a part of a row. A tile of 256 elements at a time, four neighbours an invocation, whose totals
// are scanned in workgroup memory.

//!include lib/grid.wgsl
//!include cumsum/step.wgsl

struct Params { outer: u32, length: u32, parts: u32, part: u32, reverse: u32, exclusive: u32 }

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

// Of a tile: each invocation's total, then that of all up to it. Two halves take turns.
var<workgroup> totals: array<f32, 128>;

fn combine(a: f32, b: f32) -> f32 { return step(vec4<f32>(a), vec4<f32>(b)).x; }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups);
  if (row >= params.outer * params.parts) { return; }
  let first = row % params.parts * params.part;
  let count = min(params.part, params.length - first);
  let start = row / params.parts * params.length + first;
  var carry = begin(vec4<f32>(NOTHING), row).x;
  for (var tile = 0u; tile < count; tile += 256) {
    // Steps of the scan, from the end where it goes backwards.
    let steps = tile + 4 * local + vec4<u32>(0, 1, 2, 3);
    let inside = steps < vec4<u32>(count);
    let held = min(steps, vec4<u32>(count - 1));
    let at = start + select(held, count - 1 - held, vec4<bool>(params.reverse == 1));
    let four = select(vec4<f32>(NOTHING), vec4<f32>(x[at.x], x[at.y], x[at.z], x[at.w]), inside);
    let s1 = combine(four.x, four.y);
    let s2 = combine(s1, four.z);
    let s3 = combine(s2, four.w);
    totals[local] = s3;
    var current = 0u;
    for (var distance = 1u; distance < 64; distance *= 2) {
      workgroupBarrier();
      var total = totals[current + local];
      if (local >= distance) { total = combine(totals[current + local - distance], total); }
      current = 64 - current;
      totals[current + local] = total;
    }
    workgroupBarrier();
    var before = carry;
    if (local > 0) { before = combine(carry, totals[current + local - 1]); }
    carry = combine(carry, totals[current + 63]);
    let upTo = step(vec4<f32>(before), vec4<f32>(four.x, s1, s2, s3));
    let results = select(upTo, vec4<f32>(before, upTo.xyz), vec4<bool>(params.exclusive == 1));
    for (var i = 0u; i < 4; i++) {
      if (inside[i]) { out[at[i]] = results[i]; }
    }
    workgroupBarrier();
  }
}
