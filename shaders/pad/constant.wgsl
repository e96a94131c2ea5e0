// pad/constant: out[start + i · step] = x[i] along each axis, all else the value, of any 4-byte type.
// out: count elements over up to 6 collapsed axes
// Grid: one invocation four neighbouring elements of the output.
const RANK: u32 = 6;         // variant: axes of more than one element: 2, or up to 6
const STEPPED: u32 = 1;      // variant: 0 where all steps are 1
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

fn source(index: u32) -> u32 {
  let axes = Placed(params.size1, params.size2, params.size3, params.size4, params.size5,
                    vec3<i32>(params.start0, params.start1, params.start2), vec3<i32>(params.start3, params.start4, params.start5),
                    vec3<i32>(params.step0, params.step1, params.step2), vec3<i32>(params.step3, params.step4, params.step5),
                    vec3<u32>(params.count0, params.count1, params.count2), vec3<u32>(params.count3, params.count4, params.count5));
  return placed(index, axes, RANK, STEPPED == 1);
}

fn element(index: u32) -> u32 {
  let at = source(index);
  if (at == NOWHERE) { return params.value; }
  return x[at];
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vector = flat_workgroup(group, groups) * WG + local;
  if (vector * 4 >= params.count) { return; }
  // Past the end the last element repeats into the padding.
  let at = four(vector * 4, params.count);
  out[vector] = vec4<u32>(element(at.x), element(at.y), element(at.z), element(at.w));
}
