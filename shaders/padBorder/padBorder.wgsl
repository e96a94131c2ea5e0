// padBorder/padBorder: out[c] = x[border(c − start)] along each axis, of any 4-byte type: reflected, the nearest or wrapped.
// out: count elements over up to 6 collapsed axes
// Grid: one invocation four neighbouring elements of the output.
const RANK: u32 = 6;         // variant: axes of more than one element: up to 3, or up to 6
const MODE: u32 = 0;         // variant: 0 reflect, 1 edge, 2 wrap
const LINE: u32 = 0;         // variant: 1 where the last axis is a multiple of 4, so that four neighbours are of one line
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/blocks.wgsl
//!include lib/border.wgsl

struct Params {
  count: u32,
  size1: u32, size2: u32, size3: u32, size4: u32, size5: u32,
  start0: i32, start1: i32, start2: i32, start3: i32, start4: i32, start5: i32,
  count0: u32, count1: u32, count2: u32, count3: u32, count4: u32, count5: u32,
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
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

fn element(line: u32, column: u32) -> u32 {
  return x[line * params.count5 + along(column, params.start5, params.count5)];
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
