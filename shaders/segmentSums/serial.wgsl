// segmentSums/serial: out[s, c] = Σ_i x[i, c], i from starts[s] up to starts[s + 1].
//   x: [rows, columns]   starts: [segments + 1], rising   out: [segments, columns]
// Grid: one invocation a sum; four sums in turn, so that additions need not wait for each other.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { sums: u32, columns: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> starts: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.sums) { return; }
  let segment = index / params.columns;
  let column = index % params.columns;
  let end = starts[segment + 1];
  var row = starts[segment];
  var sums = vec4(0.0);
  for (; row + 4 <= end; row += 4u) {
    let first = row * params.columns + column;
    sums += vec4(
      x[first], x[first + params.columns], x[first + 2 * params.columns], x[first + 3 * params.columns],
    );
  }
  for (; row < end; row++) { sums.x += x[row * params.columns + column]; }
  out[index] = (sums.x + sums.y) + (sums.z + sums.w);
}
