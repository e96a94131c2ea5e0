// takeAlongAxisGradient/lines: as `takeAlongAxisGradient/scan`: out[o, s, i] = Σ dy[o, j, i] over the j whose indices[o, j, i] is s.
// dy, indices: [outer, rows, inner]   out: [outer, size, inner]
// Grid: one invocation a line along the axis, of which nobody else writes: rows + size steps, whatever their product.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { lines: u32, rows: u32, size: u32, inner: u32 }

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> indices: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let line = flat_workgroup(group, groups) * WG + local;
  if (line >= params.lines) { return; }
  let outer = line / params.inner;
  let inner = line - outer * params.inner;
  let first = outer * params.size * params.inner + inner;
  for (var segment = 0u; segment < loop_bound(params.size, groups); segment++) {
    out[first + segment * params.inner] = 0;
  }
  var at = outer * params.rows * params.inner + inner;
  for (var row = 0u; row < loop_bound(params.rows, groups); row++) {
    let segment = indices[at];
    if (segment < params.size) { out[first + segment * params.inner] += dy[at]; }
    at += params.inner;
  }
}
