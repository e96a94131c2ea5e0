// scatterAdd/vec4: as `scatterAdd/scalar`, in whole vectors: inner and count count them.
// Grid: one invocation RUN neighbouring vectors of a line of the output.
const RUN: u32 = 1;          // variant: vectors an invocation, 1 or 4, of which a line has a multiple
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { count: u32, rows: u32, size: u32, inner: u32 }

@group(0) @binding(0) var<storage, read> updates: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> positions: array<u32>;
@group(0) @binding(2) var<storage, read> starts: array<u32>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = (flat_workgroup(group, groups) * WG + local) * RUN;
  if (index >= params.count) { return; }
  let line = index / params.inner;
  let outer = line / params.size;
  let segment = line - outer * params.size;
  let first = outer * params.rows * params.inner + index - line * params.inner;
  let end = starts[segment + 1];
  var sums = array<vec4<f32>, 4>();
  for (var at = starts[segment]; at < end; at++) {
    let row = first + positions[at] * params.inner;
    sums[0] += updates[row];
    if (RUN == 4) {
      sums[1] += updates[row + 1];
      sums[2] += updates[row + 2];
      sums[3] += updates[row + 3];
    }
  }
  out[index] = sums[0];
  if (RUN == 4) {
    out[index + 1] = sums[1];
    out[index + 2] = sums[2];
    out[index + 3] = sums[3];
  }
}
