// tensorStatistics/serial: what lib/tally counts, of each part of up to six tensors.
//   x0 … x5: any shapes   table: [parts, 4]: the tensor's number, its part's first vector, whole vectors, elements
//   parts: [parts, 8], as lib/tally's Found
// Grid: one invocation a part, which adds up its vectors in their order. No workgroup memory: adapters on which barriers
// are dear.
const WG: u32 = 8;           // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/tally.wgsl

struct Params { parts: u32 }

@group(0) @binding(0) var<storage, read> x0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> x1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> x2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> x3: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> x4: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read> x5: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read> table: array<vec4<u32>>;
@group(0) @binding(7) var<storage, read_write> parts: array<vec4<f32>>;
@group(0) @binding(8) var<uniform> params: Params;

fn load_vector(number: u32, index: u32) -> vec4<f32> {
  switch number {
    case 0u: { return x0[index]; }
    case 1u: { return x1[index]; }
    case 2u: { return x2[index]; }
    case 3u: { return x3[index]; }
    case 4u: { return x4[index]; }
    default: { return x5[index]; }
  }
}

// A loop for each tensor: one that chose a tensor for each vector would choose all the time.
fn whole_vectors(number: u32, first: u32, end: u32) -> Tally {
  var found: Tally;
  switch number {
    case 0u: { for (var at = first; at < end; at++) { found = tally_with(found, x0[at]); } }
    case 1u: { for (var at = first; at < end; at++) { found = tally_with(found, x1[at]); } }
    case 2u: { for (var at = first; at < end; at++) { found = tally_with(found, x2[at]); } }
    case 3u: { for (var at = first; at < end; at++) { found = tally_with(found, x3[at]); } }
    case 4u: { for (var at = first; at < end; at++) { found = tally_with(found, x4[at]); } }
    default: { for (var at = first; at < end; at++) { found = tally_with(found, x5[at]); } }
  }
  return found;
}

fn scaled_vectors(part: vec4<u32>, lanes: u32) -> Scaled {
  let end = part.y + part.z;
  let last = first_lanes(load_vector(part.x, select(part.y, end, lanes > 0)), lanes);
  var found = scaled_find(scaled_start(), last);
  for (var at = part.y; at < end; at++) { found = scaled_find(found, load_vector(part.x, at)); }
  found = scaled_with(found, last);
  for (var at = part.y; at < end; at++) { found = scaled_with(found, load_vector(part.x, at)); }
  return found;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.parts) { return; }
  let part = table[index];
  let end = part.y + part.z;
  let lanes = part.w - 4 * part.z;
  var found = whole_vectors(part.x, part.y, end);
  if (lanes > 0) { found = tally_with_some(found, load_vector(part.x, end), lanes); }
  let elements = f32(part.w);
  var left = ordinary_of(found, elements);
  if (!is_ordinary(found)) { left = scaled_of(found, scaled_vectors(part, lanes), elements); }
  parts[2 * index] = left.means;
  parts[2 * index + 1] = left.counts;
}
