// move/strided_vec4: as `move/strided`, in whole vectors: out[i] = x[offset + Σ cₖ · strideₖ], all of it counted in vectors.
// out: count vectors over up to 6 collapsed axes; neighbours along the last are neighbours in x
// Grid: one invocation RUN neighbouring vectors of a line of the output.
const RANK: u32 = 6;         // variant: axes of more than one vector, rounded up to 2, 4 or 6
const RUN: u32 = 1;          // variant: neighbouring vectors of one line an invocation, 1 or 4
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/strided.wgsl

struct Params {
  count: u32, offset: i32,
  size1: u32, size2: u32, size3: u32, size4: u32, size5: u32,
  stride0: i32, stride1: i32, stride2: i32, stride3: i32, stride4: i32, stride5: i32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = (flat_workgroup(group, groups) * WG + local) * RUN;
  if (index >= params.count) { return; }
  let axes = Axes(params.size1, params.size2, params.size3, params.size4, params.size5, params.stride0, params.stride1,
                  params.stride2, params.stride3, params.stride4, params.stride5);
  let at = params.offset + strided_place(index, axes, RANK);
  out[index] = x[at];
  // Written out: on software adapters a loop would cost as much as it saves.
  if (RUN == 4) {
    out[index + 1] = x[at + 1];
    out[index + 2] = x[at + 2];
    out[index + 3] = x[at + 3];
  }
}
