// stridedNorms/stridedNorms: out[s] = √Σ_i x[start + i · stride]², i below count; finite wherever that is an f32.
//   x: [length]   segments: [3 · norms], start, stride and count of each   out: [norms]
// Grid: one invocation a norm, its terms in order in four lanes. Segments are short: long ones are taken in parts, and
// the norm of the parts' norms is theirs.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/reduce.wgsl

struct Params { norms: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> segments: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.norms) { return; }
  let start = segments[3 * index];
  let stride = segments[3 * index + 1];
  let count = segments[3 * index + 2];
  var lanes = fold_start();
  for (var first = 0u; first < count; first += 4) {
    let place = first + vec4<u32>(0, 1, 2, 3);
    let at = start + min(place, vec4<u32>(count - 1)) * stride;
    let four = vec4<f32>(x[at.x], x[at.y], x[at.z], x[at.w]);
    lanes = fold_take(lanes, four, place < vec4<u32>(count), place);
  }
  out[index] = fold_results(join_lanes(lanes)).x;
}
