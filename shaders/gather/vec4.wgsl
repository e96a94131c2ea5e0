// gather/vec4: as `gather/scalar`, in whole vectors: inner and count count them.
// Grid: one invocation RUN neighbouring vectors of a row.
const RUN: u32 = 1;          // variant: neighbouring vectors of a row an invocation, 1 or 4
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { count: u32, rows: u32, length: u32, inner: u32, missing: u32 }

@group(0) @binding(0) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read> indices: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = (flat_workgroup(group, groups) * WG + local) * RUN;
  if (index >= params.count) { return; }
  let line = index / params.inner;
  let outer = line / params.rows;
  let taken = indices[line - outer * params.rows];
  if (taken >= params.length) {
    out[index] = vec4<u32>(params.missing);
    if (RUN == 4) {
      out[index + 1] = vec4<u32>(params.missing);
      out[index + 2] = vec4<u32>(params.missing);
      out[index + 3] = vec4<u32>(params.missing);
    }
    return;
  }
  let at = (outer * params.length + taken) * params.inner + index - line * params.inner;
  out[index] = x[at];
  // Written out: on software adapters a loop would cost as much as it saves.
  if (RUN == 4) {
    out[index + 1] = x[at + 1];
    out[index + 2] = x[at + 2];
    out[index + 3] = x[at + 3];
  }
}
