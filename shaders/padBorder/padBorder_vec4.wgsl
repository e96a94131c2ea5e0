// padBorder/padBorder_vec4: as `padBorder/padBorder` where the last axis, counted in vectors, has no border.
// out: count vectors over up to 6 collapsed axes
// Grid: one invocation RUN neighbouring vectors of a line of the output.
const RANK: u32 = 6;         // variant: axes of more than one element: up to 3, or up to 6
const MODE: u32 = 0;         // variant: 0 reflect, 1 edge, 2 wrap
const RUN: u32 = 1;          // variant: vectors an invocation, 1 or 4, of which a line has a multiple
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/border.wgsl

struct Params {
  count: u32,
  size1: u32, size2: u32, size3: u32, size4: u32, size5: u32,
  start0: i32, start1: i32, start2: i32, start3: i32, start4: i32, start5: i32,
  count0: u32, count1: u32, count2: u32, count3: u32, count4: u32, count5: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(2) var<uniform> params: Params;

fn along(at: u32, start: i32, count: u32) -> u32 {
  return behind_border(MODE, i32(at) - start, count);
}

// Which line of x stands at a line of the output.
fn source(line: u32) -> u32 {
  let i3 = line / params.size4;
  let at = along(line - i3 * params.size4, params.start4, params.count4);
  if (RANK <= 3) { return along(i3, params.start3, params.count3) * params.count4 + at; }
  let i2 = i3 / params.size3;
  let i1 = i2 / params.size2;
  let i0 = i1 / params.size1;
  var outer = along(i0, params.start0, params.count0);
  outer = outer * params.count1 + along(i1 - i0 * params.size1, params.start1, params.count1);
  outer = outer * params.count2 + along(i2 - i1 * params.size2, params.start2, params.count2);
  outer = outer * params.count3 + along(i3 - i2 * params.size3, params.start3, params.count3);
  return outer * params.count4 + at;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let first = (flat_workgroup(group, groups) * WG + local) * RUN;
  if (first >= params.count) { return; }
  let line = first / params.size5;
  let at = source(line) * params.count5 + first - line * params.size5;
  out[first] = x[at];
  // Written out: on software adapters a loop would cost as much as it saves.
  if (RUN == 4) {
    out[first + 1] = x[at + 1];
    out[first + 2] = x[at + 2];
    out[first + 3] = x[at + 3];
  }
}
