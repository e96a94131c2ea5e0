// segmentSums/workgroup: out[s, c] = Σ_i x[i, c], i from starts[s] up to starts[s + 1].
//   x: [rows, columns]   starts: [segments + 1], rising   out: [segments, columns]
// Grid: one workgroup a sum, whose invocations take rows in turn and fold in a tree: long segments.
const WG: u32 = 64;          // variant: invocations a workgroup, a power of two

//!include lib/grid.wgsl

struct Params { sums: u32, columns: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> starts: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

var<workgroup> parts: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups);
  if (index >= params.sums) { return; }
  let segment = index / params.columns;
  let column = index % params.columns;
  let end = starts[segment + 1];
  var sum = 0.0;
  for (var row = starts[segment] + local; row < end; row += WG) { sum += x[row * params.columns + column]; }
  parts[local] = sum;
  for (var half = WG / 2; half > 0; half /= 2u) {
    workgroupBarrier();
    if (local < half) { parts[local] += parts[local + half]; }
  }
  if (local == 0) { out[index] = parts[0]; }
}
