// takeAlongAxisGradient/scan: out[o, s, i] = Σ dy[o, j, i] over the j whose indices[o, j, i] is s, in their order.
// dy, indices: [outer, rows, inner]   out: [outer, size, inner], count elements
// Grid: one invocation an element of the output, which looks at every index of its line: for few rows.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { count: u32, rows: u32, size: u32, inner: u32 }

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> indices: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.count) { return; }
  let line = index / params.inner;
  let outer = line / params.size;
  let segment = line - outer * params.size;
  var at = outer * params.rows * params.inner + index - line * params.inner;
  var sum = 0.0;
  for (var row = 0u; row < loop_bound(params.rows, groups); row++) {
    if (indices[at] == segment) { sum += dy[at]; }
    at += params.inner;
  }
  out[index] = sum;
}
