// softmaxCrossEntropyGradient/serial: gradient[r, c] = softmax(logits[r])[c] − (1 where c = labels[r]), 0 where labels[r] is no column.
//   logits, gradient: [rows, columns]   labels: [rows]
// Grid: one invocation a row, four neighbouring columns at a time. No workgroup memory: short rows, adapters on which
// a barrier is dear.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/exp.wgsl

struct Params { rows: u32, columns: u32 }

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read_write> gradient: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

fn columns_from(first: u32) -> vec4<u32> { return first + vec4<u32>(0, 1, 2, 3); }

// Past the end the last column repeats: it changes no maximum, and sums leave it out.
fn load(start: u32, columns: vec4<u32>) -> vec4<f32> {
  let at = start + min(columns, vec4<u32>(params.columns - 1));
  return vec4<f32>(logits[at.x], logits[at.y], logits[at.z], logits[at.w]);
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
  let top = max(max(best.x, best.y), max(best.z, best.w));
  var sums = vec4<f32>();
  for (var c = 0u; c < end; c += 4) {
    let columns = columns_from(c);
    let powers = finite_exp(load(start, columns) - top);
    sums += select(vec4<f32>(), powers, columns < vec4<u32>(params.columns));
  }
  let total = (sums.x + sums.y) + (sums.z + sums.w);
  let label = labels[row];
  let counts = label < params.columns;
  for (var c = 0u; c < end; c += 4) {
    let columns = columns_from(c);
    let probabilities = finite_exp(load(start, columns) - top) / total;
    let hot = select(vec4<f32>(), vec4<f32>(1), columns == vec4<u32>(label));
    let four = select(vec4<f32>(), probabilities - hot, vec4<bool>(counts));
    for (var i = 0u; i < min(4, end - c); i++) {
      gradient[start + c + i] = four[i];
    }
  }
}
