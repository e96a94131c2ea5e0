// pad/constant_vec4: as `pad/constant`, in whole vectors: the last axis is counted in them and has no step.
// out: count vectors over up to 6 collapsed axes
// Grid: one invocation RUN neighbouring vectors of a line of the output.
const RANK: u32 = 6;         // variant: axes of more than one vector: 2, 3, or up to 6
const STEPPED: u32 = 1;      // variant: 0 where all steps are 1
const RUN: u32 = 1;          // variant: vectors an invocation, 1 or 4, of which x's lines and their places are multiples
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/placed.wgsl

struct Params {
  count: u32, value: u32,
  size1: u32, size2: u32, size3: u32, size4: u32, size5: u32,
  start0: i32, start1: i32, start2: i32, start3: i32, start4: i32, start5: i32,
  step0: i32, step1: i32, step2: i32, step3: i32, step4: i32, step5: i32,
  count0: u32, count1: u32, count2: u32, count3: u32, count4: u32, count5: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(2) var<uniform> params: Params;

// Which line of x stands at a line of the output.
fn source(line: u32) -> u32 {
  let axes = Placed(params.size1, params.size2, params.size3, params.size4, params.start0, params.start1, params.start2,
                    params.start3, params.start4, params.step0, params.step1, params.step2, params.step3, params.step4,
                    params.count0, params.count1, params.count2, params.count3, params.count4);
  return placed_line(line, axes, RANK, STEPPED == 1);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let first = (flat_workgroup(group, groups) * WG + local) * RUN;
  if (first >= params.count) { return; }
  let own = first / params.size5;
  let column = first - own * params.size5;
  let line = source(own);
  let number = number_at(column, params.start5, params.step5, false);
  if (line == NOWHERE || number >= params.count5) {
    let value = vec4<u32>(params.value);
    out[first] = value;
    if (RUN == 4) {
      out[first + 1] = value;
      out[first + 2] = value;
      out[first + 3] = value;
    }
    return;
  }
  let at = line * params.count5 + number;
  out[first] = x[at];
  // Written out: on software adapters a loop would cost as much as it saves.
  if (RUN == 4) {
    out[first + 1] = x[at + 1];
    out[first + 2] = x[at + 2];
    out[first + 3] = x[at + 3];
  }
}
