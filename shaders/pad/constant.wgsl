// pad/constant: out[start + i · step] = x[i] along each axis, all else the value, of any 4-byte type.
// out: count elements over up to 6 collapsed axes
// Grid: one invocation four neighbouring elements of the output.
const RANK: u32 = 6;         // variant: axes of more than one element: 2, 3, or up to 6
const STEPPED: u32 = 1;      // variant: 0 where all steps are 1
const LINE: u32 = 0;         // variant: 1 where the last axis is a multiple of 4, so that four neighbours are of one line
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/blocks.wgsl
//!include lib/placed.wgsl

struct Params {
  count: u32, value: u32,
  size1: u32, size2: u32, size3: u32, size4: u32, size5: u32,
  start0: i32, start1: i32, start2: i32, start3: i32, start4: i32, start5: i32,
  step0: i32, step1: i32, step2: i32, step3: i32, step4: i32, step5: i32,
  count0: u32, count1: u32, count2: u32, count3: u32, count4: u32, count5: u32,
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(2) var<uniform> params: Params;

// Which line of x stands at a line of the output.
fn source(line: u32) -> u32 {
  let axes = Placed(params.size1, params.size2, params.size3, params.size4, params.start0, params.start1, params.start2,
                    params.start3, params.start4, params.step0, params.step1, params.step2, params.step3, params.step4,
                    params.count0, params.count1, params.count2, params.count3, params.count4);
  return placed_line(line, axes, RANK, STEPPED == 1);
}

fn element(line: u32, column: u32) -> u32 {
  let number = number_at(column, params.start5, params.step5, STEPPED == 1);
  if (line == NOWHERE || number >= params.count5) { return params.value; }
  return x[line * params.count5 + number];
}

fn lone_element(index: u32) -> u32 {
  let line = index / params.size5;
  return element(source(line), index - line * params.size5);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vector = flat_workgroup(group, groups) * WG + local;
  let first = vector * 4;
  if (first >= params.count) { return; }
  if (LINE == 1) {
    let own = first / params.size5;
    let column = first - own * params.size5;
    let line = source(own);
    out[vector] = vec4<u32>(element(line, column), element(line, column + 1), element(line, column + 2),
                            element(line, column + 3));
    return;
  }
  // Past the end the last element repeats into the padding.
  let at = four(first, params.count);
  out[vector] = vec4<u32>(lone_element(at.x), lone_element(at.y), lone_element(at.z), lone_element(at.w));
}
