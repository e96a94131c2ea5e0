// scatterAdd/scalar: out[o, s, i] = Σ updates[o, j, i] over the j that are filed under s, in their order.
// updates: [outer, rows, inner]   positions: [rows], the j sorted by segment   starts: [size + 1], where in positions each
// segment begins   out: [outer, size, inner], count elements
// Grid: one invocation an element of the output.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { count: u32, rows: u32, size: u32, inner: u32 }

@group(0) @binding(0) var<storage, read> updates: array<f32>;
@group(0) @binding(1) var<storage, read> positions: array<u32>;
@group(0) @binding(2) var<storage, read> starts: array<u32>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.count) { return; }
  let line = index / params.inner;
  let outer = line / params.size;
  let segment = line - outer * params.size;
  let first = outer * params.rows * params.inner + index - line * params.inner;
  var sum = f32();
  for (var at = starts[segment]; at < starts[segment + 1]; at++) { sum += updates[first + positions[at] * params.inner]; }
  out[index] = sum;
}
