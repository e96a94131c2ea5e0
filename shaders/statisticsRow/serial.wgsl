// statisticsRow/serial: one row of a ring, from what all parts of each tensor left: (step.index mod rows) says which.
//   parts: vectors of all kinds of parts   units: 1 where a unit lives   ring: [rows, entries, 8]
//   table: [entries, 8]: kind (0 a tensor, 1 a parameter, 2 units), first vector in parts (of units: first pair), parts,
//   elements (as bits of an f32); first unit, units, 0, 0
//   An entry of a tensor: mean, mean magnitude, root mean square, largest magnitude, shares below 1e-3 and 1e-5, how many
//   are not finite, ‖Δθ‖ / ‖θ‖ of a parameter or else the elements. An entry of units: the dead ones' share, the share at the range's ends, zeros.
// Grid: one invocation an entry. No workgroup memory: few parts, adapters on which barriers are dear.
const WG: u32 = 4;           // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { entries: u32, rows: u32 }

@group(0) @binding(0) var<storage, read> parts: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> units: array<u32>;
@group(0) @binding(2) var<storage, read> table: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read_write> ring: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> params: Params;

// An update of weights that were all zero is as large as can be; none of none is none.
const largestRatio = 3.4028234e38;
const leastUnit = 1e-37;

// Elements that no part holds are zeros: means and shares are of all.
fn of_tensor(about: vec4<u32>, stride: u32) -> array<vec4<f32>, 2> {
  let elements = bitcast<f32>(about.w);
  let end = about.y + about.z * stride;
  var largest = 0.0;
  var largestWeight = 0.0;
  var largestUpdate = 0.0;
  for (var at = about.y; at < end; at += stride) {
    largest = max(largest, parts[at + 1].x);
    if (stride == 3) {
      largestWeight = max(largestWeight, parts[at + 2].x);
      largestUpdate = max(largestUpdate, parts[at + 2].y);
    }
  }
  // Roots relative to the largest: squares neither overflow nor vanish.
  let unit = max(largest, leastUnit);
  let units = max(vec2(largestWeight, largestUpdate), vec2(leastUnit));
  var means = vec3<f32>();
  var counts = vec4<f32>();
  var squares = vec2<f32>();
  for (var at = about.y; at < end; at += stride) {
    let found = parts[at];
    let share = found.x / elements;
    let root = found.w / unit;
    means += share * vec3(found.yz, root * root);
    counts += vec4(parts[at + 1].yzw, found.x);
    if (stride == 3) {
      let roots = parts[at + 2].xy / units;
      squares += share * roots * roots;
    }
  }
  let zeros = elements - counts.w;
  let norms = units * sqrt(squares);
  var ratio = 0.0;
  if (norms.y > 0) { ratio = select(largestRatio, min(norms.y / max(norms.x, leastUnit), largestRatio), norms.x > 0); }
  return array(vec4(means.xy, unit * sqrt(means.z), largest),
               vec4((counts.xy + zeros) / elements, counts.z, select(elements, ratio, stride == 3)));
}

fn of_units(about: vec4<u32>, first: u32, count: u32) -> array<vec4<f32>, 2> {
  var alive = 0u;
  for (var unit = first; unit < first + count; unit++) { alive += units[unit]; }
  var sums = vec2<f32>();
  for (var pair = about.y; pair < about.y + about.z; pair++) {
    let two = parts[pair / 2];
    sums += select(two.xy, two.zw, pair % 2 == 1);
  }
  return array(vec4(f32(count - alive) / f32(count), sums.x / max(sums.y, 1), 0, 0), vec4<f32>());
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let entry = flat_workgroup(group, groups) * WG + local;
  if (entry >= params.entries) { return; }
  let about = table[2 * entry];
  let more = table[2 * entry + 1];
  var values: array<vec4<f32>, 2>;
  if (about.x == 2) { values = of_units(about, more.x, more.y); }
  else { values = of_tensor(about, 2 + about.x); }
  let at = 2 * ((step.index % params.rows) * params.entries + entry);
  ring[at] = values[0];
  ring[at + 1] = values[1];
}
