// parameterStatistics/serial: what lib/tally counts, of each part of flat gradients, with θ's and Δθ's root mean squares,
//   where Δθ is θ less what it was when this ran before; previous becomes θ.
//   gradients, parameters (θ), previous: [length]   table: [blocks, 4]: first run of sixteen, whole runs, elements, 0
//   parts: [blocks, WG, 12], as lib/tally's Found, then the root mean squares of what θ was and of Δθ, 0, 0
// Grid: one workgroup a block, one invocation a part: each WG-th run of the block, in order, so that neighbours read
// neighbours. No workgroup memory: adapters on which barriers are dear.
const WG: u32 = 8;           // variant: parts of a block, as src/ops/statistics.ts has them

//!include lib/grid.wgsl
//!include lib/tally.wgsl

struct Params { blocks: u32 }

@group(0) @binding(0) var<storage, read> gradients: array<mat4x4<f32>>;
@group(0) @binding(1) var<storage, read> parameters: array<mat4x4<f32>>;
@group(0) @binding(2) var<storage, read> table: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read_write> previous: array<mat4x4<f32>>;
@group(0) @binding(4) var<storage, read_write> parts: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> params: Params;

// Updates are small: times 2³² their squares are ordinary numbers for any update from 2⁻⁹⁰ on.
const updateScale = 4294967296.0;
const largestNumber = 3.4028234e38;

fn square_sum(x: mat4x4<f32>) -> f32 {
  return (dot(x[0], x[0]) + dot(x[1], x[1])) + (dot(x[2], x[2]) + dot(x[3], x[3]));
}

fn squares_with(known: vec2<f32>, before: mat4x4<f32>, now: mat4x4<f32>) -> vec2<f32> {
  return known + vec2(square_sum(before), square_sum((now - before) * updateScale));
}

fn scaled_runs(first: u32, end: u32, last: mat4x4<f32>) -> Scaled {
  var found = scaled_find_run(scaled_start(), last);
  for (var at = first; at < end; at += WG) { found = scaled_find_run(found, gradients[at]); }
  found = scaled_with_run(found, last);
  for (var at = first; at < end; at += WG) { found = scaled_with_run(found, gradients[at]); }
  return found;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let block = flat_workgroup(group, groups);
  if (block >= params.blocks) { return; }
  let about = table[block];
  let first = about.x + local;
  let end = about.x + about.y;
  var found: Tally;
  var squares: vec2<f32>;
  for (var at = first; at < end; at += WG) {
    let now = parameters[at];
    squares = squares_with(squares, previous[at], now);
    previous[at] = now;
    found = tally_with_run(found, gradients[at]);
  }
  var elements = 16 * ((about.y + WG - 1 - local) / WG);
  // What a last run that is not whole has is the part's whose turn it is. What follows is nobody's: it is copied along.
  var last: mat4x4<f32>;
  let rest = about.z - 16 * about.y;
  if (rest > 0 && local == about.y % WG) {
    last = first_of(gradients[end], rest);
    let now = parameters[end];
    squares = squares_with(squares, first_of(previous[end], rest), first_of(now, rest));
    previous[end] = now;
    found = tally_with_some(found, last, rest);
    elements += rest;
  }
  var left = ordinary_of(found, f32(elements));
  if (!is_ordinary(found)) { left = scaled_of(found, scaled_runs(first, end, last), f32(elements)); }
  let roots = sqrt(min(squares, vec2(largestNumber)) / max(f32(elements), 1));
  let index = block * WG + local;
  parts[3 * index] = left.means;
  parts[3 * index + 1] = left.counts;
  parts[3 * index + 2] = vec4(roots.x, roots.y / updateScale, 0, 0);
}
