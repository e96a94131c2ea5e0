// tensorStatistics/serial: what lib/tally counts, of each part of up to six tensors.
//   x0 … x5: any shapes   table: [blocks, 4]: the tensor's number, the block's first run of sixteen, whole runs, elements
//   parts: [blocks, WG, 8], as lib/tally's Found
// Grid: one workgroup a block, one invocation a part: each WG-th run of the block, in order, so that neighbours read
// neighbours. No workgroup memory: adapters on which barriers are dear.
const WG: u32 = 8;           // variant: parts of a block, as src/ops/statistics.ts has them

//!include lib/grid.wgsl
//!include lib/tally.wgsl

struct Params { blocks: u32 }

@group(0) @binding(0) var<storage, read> x0: array<mat4x4<f32>>;
@group(0) @binding(1) var<storage, read> x1: array<mat4x4<f32>>;
@group(0) @binding(2) var<storage, read> x2: array<mat4x4<f32>>;
@group(0) @binding(3) var<storage, read> x3: array<mat4x4<f32>>;
@group(0) @binding(4) var<storage, read> x4: array<mat4x4<f32>>;
@group(0) @binding(5) var<storage, read> x5: array<mat4x4<f32>>;
@group(0) @binding(6) var<storage, read> table: array<vec4<u32>>;
@group(0) @binding(7) var<storage, read_write> parts: array<vec4<f32>>;
@group(0) @binding(8) var<uniform> params: Params;

fn load_run(number: u32, index: u32) -> mat4x4<f32> {
  switch number {
    case 0u: { return x0[index]; }
    case 1u: { return x1[index]; }
    case 2u: { return x2[index]; }
    case 3u: { return x3[index]; }
    case 4u: { return x4[index]; }
    default: { return x5[index]; }
  }
}

// A loop for each tensor: one that chose a tensor for each run would choose all the time.
fn whole_runs(number: u32, first: u32, end: u32) -> Tally {
  var found: Tally;
  switch number {
    case 0u: { for (var at = first; at < end; at += WG) { found = tally_with_run(found, x0[at]); } }
    case 1u: { for (var at = first; at < end; at += WG) { found = tally_with_run(found, x1[at]); } }
    case 2u: { for (var at = first; at < end; at += WG) { found = tally_with_run(found, x2[at]); } }
    case 3u: { for (var at = first; at < end; at += WG) { found = tally_with_run(found, x3[at]); } }
    case 4u: { for (var at = first; at < end; at += WG) { found = tally_with_run(found, x4[at]); } }
    default: { for (var at = first; at < end; at += WG) { found = tally_with_run(found, x5[at]); } }
  }
  return found;
}

fn scaled_runs(number: u32, first: u32, end: u32, last: mat4x4<f32>) -> Scaled {
  var found = scaled_find_run(scaled_start(), last);
  for (var at = first; at < end; at += WG) { found = scaled_find_run(found, load_run(number, at)); }
  found = scaled_with_run(found, last);
  for (var at = first; at < end; at += WG) { found = scaled_with_run(found, load_run(number, at)); }
  return found;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let block = flat_workgroup(group, groups);
  if (block >= params.blocks) { return; }
  let about = table[block];
  let first = about.y + local;
  let end = about.y + about.z;
  var found = whole_runs(about.x, first, end);
  var elements = 16 * ((about.z + WG - 1 - local) / WG);
  // What a last run that is not whole has is the part's whose turn it is.
  var last: mat4x4<f32>;
  let rest = about.w - 16 * about.z;
  if (rest > 0 && local == about.z % WG) {
    last = first_of(load_run(about.x, end), rest);
    found = tally_with_some(found, last, rest);
    elements += rest;
  }
  var left = ordinary_of(found, f32(elements));
  if (!is_ordinary(found)) { left = scaled_of(found, scaled_runs(about.x, first, end, last), f32(elements)); }
  let index = block * WG + local;
  parts[2 * index] = left.means;
  parts[2 * index + 1] = left.counts;
}
