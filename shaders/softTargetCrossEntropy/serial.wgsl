// softTargetCrossEntropy/serial: loss[r] = Σ_c targets[r, c] · (L − logits[r, c]), L = log Σ_c exp(logits[r, c]).
//   logits, targets: [rows, columns]   loss: [rows]
// Grid: one invocation a row, four neighbouring columns at a time. No workgroup memory: short rows, adapters on which
// a barrier is dear.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/softmax.wgsl

struct Params { rows: u32, columns: u32 }

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> targets: array<f32>;
@group(0) @binding(2) var<storage, read_write> loss: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

fn columns_from(first: u32) -> vec4<u32> { return first + vec4<u32>(0, 1, 2, 3); }

fn load(start: u32, columns: vec4<u32>) -> vec4<f32> {
  let at = start + held_columns(columns, params.columns);
  return vec4<f32>(logits[at.x], logits[at.y], logits[at.z], logits[at.w]);
}

// 0 past the end.
fn shares_of(start: u32, columns: vec4<u32>) -> vec4<f32> {
  let at = start + held_columns(columns, params.columns);
  let loaded = vec4<f32>(targets[at.x], targets[at.y], targets[at.z], targets[at.w]);
  return select(vec4<f32>(), loaded, columns < vec4<u32>(params.columns));
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
  var shares = vec4<f32>();
  var distances = vec4<f32>();
  for (var c = 0u; c < end; c += 4) {
    let columns = columns_from(c);
    let values = load(start, columns);
    let own = shares_of(start, columns);
    powers += powers_of(values, top, columns, params.columns);
    shares += own;
    // In halves, since the distance of two finite numbers may be none.
    distances = fma(2 * own, 0.5 * top - 0.5 * values, distances);
  }
  let rest = honest_log(vec4<f32>(total_of(powers))).x;
  loss[row] = fma(total_of(shares), rest, total_of(distances));
}
