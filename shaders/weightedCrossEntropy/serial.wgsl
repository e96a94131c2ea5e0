// weightedCrossEntropy/serial: cross-entropy of softmax rows with a weight a class and smoothed labels,
//   loss[r] = (1 − smoothing) · w[y] · (L − x[y]) + smoothing / columns · Σ_c w[c] · (L − x[c]), L = log Σ_c exp(x[c]);
//   weight[r] = w[y]; total[r] = the sum of all factors of L; shift[r] = (largest x, log Σ_c exp(x[c] − largest)).
//   loss, weight and total are 0 where labels[r] is no column or is the ignored one.
//   logits: [rows, columns]   labels, loss, weight, total: [rows]   classWeights (w): [columns]   shift: [rows, 2]
// Grid: one invocation a row, four neighbouring columns at a time. No workgroup memory: short rows, adapters on which
// a barrier is dear.
const WG: u32 = 64;          // variant: invocations a workgroup
const SMOOTH: u32 = 1;       // variant: 0 where smoothing is 0, and only the label's column counts

//!include lib/grid.wgsl
//!include lib/softmax.wgsl

struct Params { rows: u32, columns: u32, ignored: u32, smoothing: f32 }

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> classWeights: array<f32>;
@group(0) @binding(3) var<storage, read_write> loss: array<f32>;
@group(0) @binding(4) var<storage, read_write> weight: array<f32>;
@group(0) @binding(5) var<storage, read_write> total: array<f32>;
@group(0) @binding(6) var<storage, read_write> shift: array<vec2<f32>>;
@group(0) @binding(7) var<uniform> params: Params;

fn columns_from(first: u32) -> vec4<u32> { return first + vec4<u32>(0, 1, 2, 3); }

fn load(start: u32, columns: vec4<u32>) -> vec4<f32> {
  let at = start + held_columns(columns, params.columns);
  return vec4<f32>(logits[at.x], logits[at.y], logits[at.z], logits[at.w]);
}

// What smoothing gives to each column, 0 past the end: small before it is multiplied by what may be large.
fn weights_of(columns: vec4<u32>) -> vec4<f32> {
  let at = held_columns(columns, params.columns);
  let loaded = vec4<f32>(classWeights[at.x], classWeights[at.y], classWeights[at.z], classWeights[at.w]);
  let share = params.smoothing / f32(params.columns);
  return select(vec4<f32>(), share * loaded, columns < vec4<u32>(params.columns));
}

// What a row comes to, from its sum of powers, the sum of smoothed weights, and that of these times distances to `top`.
fn finish(row: u32, top: f32, powers: f32, weights: f32, distances: f32) {
  let rest = honest_log(vec4<f32>(powers)).x;
  // A maximum may have left a NaN out; the sum of powers has not.
  shift[row] = vec2<f32>(select(top, rest, (bitcast<u32>(rest) & 0x7fffffff) > 0x7f800000), rest);
  let label = labels[row];
  var own = 0f;
  var factors = 0f;
  var value = 0f;
  if (label < params.columns && label != params.ignored) {
    own = classWeights[label];
    factors = (1 - params.smoothing) * own;
    value = factors * (rest + (top - logits[row * params.columns + label]));
    if (SMOOTH == 1) {
      factors += weights;
      value += fma(weights, rest, distances);
    }
  }
  loss[row] = value;
  weight[row] = own;
  total[row] = factors;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups) * WG + local;
  if (row >= params.rows) { return; }
  let start = row * params.columns;
  let end = loop_bound(params.columns, groups);
  var best = load(start, columns_from(0));
  for (var c = 4u; c < end; c += 4) { best = max(best, load(start, columns_from(c))); }
  let top = largest_of(best);
  var powers = vec4<f32>();
  var weights = vec4<f32>();
  var distances = vec4<f32>();
  for (var c = 0u; c < end; c += 4) {
    let columns = columns_from(c);
    let values = load(start, columns);
    powers += powers_of(values, top, columns, params.columns);
    if (SMOOTH == 1) {
      let own = weights_of(columns);
      weights += own;
      // In halves, since the distance of two finite numbers may be none.
      distances = fma(2 * own, 0.5 * top - 0.5 * values, distances);
    }
  }
  finish(row, top, total_of(powers), total_of(weights), total_of(distances));
}
