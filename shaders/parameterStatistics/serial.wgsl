// parameterStatistics/serial: what lib/tally counts, of each part of flat gradients, with θ's and Δθ's root mean squares,
//   where Δθ is θ less what it was when this ran before; previous becomes θ.
//   gradients, parameters (θ), previous: [length]   table: [parts, 4]: first vector, whole vectors, elements, 0
//   parts: [parts, 12], as lib/tally's Found, then the root mean squares of what θ was and of Δθ, 0, 0
// Grid: one invocation a part, which adds up its vectors in their order. No workgroup memory: adapters on which barriers
// are dear.
const WG: u32 = 8;           // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/tally.wgsl

struct Params { parts: u32 }

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> parameters: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> table: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read_write> previous: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> parts: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> params: Params;

// Updates are small: times 2³² their squares are ordinary numbers for any update from 2⁻⁹⁰ on.
const updateScale = 4294967296.0;
const largestNumber = 3.4028234e38;

fn scaled_vectors(part: vec4<u32>, lanes: u32) -> Scaled {
  let end = part.x + part.y;
  let last = first_lanes(gradients[select(part.x, end, lanes > 0)], lanes);
  var found = scaled_find(scaled_start(), last);
  for (var at = part.x; at < end; at++) { found = scaled_find(found, gradients[at]); }
  found = scaled_with(found, last);
  for (var at = part.x; at < end; at++) { found = scaled_with(found, gradients[at]); }
  return found;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.parts) { return; }
  let part = table[index];
  let end = part.x + part.y;
  let lanes = part.z - 4 * part.y;
  var found: Tally;
  var weights = 0.0;
  var updates = 0.0;
  for (var at = part.x; at < end; at++) {
    let before = previous[at];
    let now = parameters[at];
    let update = (now - before) * updateScale;
    previous[at] = now;
    found = tally_with(found, gradients[at]);
    weights += dot(before, before);
    updates += dot(update, update);
  }
  if (lanes > 0) {
    let kept = previous[end];
    let before = first_lanes(kept, lanes);
    let now = first_lanes(parameters[end], lanes);
    let update = (now - before) * updateScale;
    previous[end] = select(kept, now, vec4(0u, 1u, 2u, 3u) < vec4(lanes));
    found = tally_with_some(found, gradients[end], lanes);
    weights += dot(before, before);
    updates += dot(update, update);
  }
  let elements = f32(part.z);
  var left = ordinary_of(found, elements);
  if (!is_ordinary(found)) { left = scaled_of(found, scaled_vectors(part, lanes), elements); }
  parts[3 * index] = left.means;
  parts[3 * index + 1] = left.counts;
  parts[3 * index + 2] = vec4(sqrt(min(weights, largestNumber) / elements),
                              sqrt(min(updates, largestNumber) / elements) / updateScale, 0, 0);
}
