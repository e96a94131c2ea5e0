// softmaxCrossEntropyWithGradient/serial: the loss of softmaxCrossEntropy, and gradient_scale times its
// gradient, from one softmax.
//   logits, gradient: [rows, columns]   labels, loss: [rows]
// Grid: one invocation a row, four neighbouring columns at a time. No workgroup memory: short rows, adapters on which
// a barrier is dear.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/softmax.wgsl

struct Params { rows: u32, columns: u32, gradient_scale: f32 }

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read_write> loss: array<f32>;
@group(0) @binding(3) var<storage, read_write> gradient: array<f32>;
@group(0) @binding(4) var<uniform> params: Params;

fn columns_from(first: u32) -> vec4<u32> { return first + vec4<u32>(0, 1, 2, 3); }

fn load(start: u32, columns: vec4<u32>) -> vec4<f32> {
  let at = start + held_columns(columns, params.columns);
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
  let top = largest_of(best);
  var sums = vec4<f32>();
  for (var c = 0u; c < end; c += 4) {
    let columns = columns_from(c);
    sums += powers_of(load(start, columns), top, columns, params.columns);
  }
  let total = total_of(sums);
  let label = labels[row];
  var value = 0f;
  if (label < params.columns) { value = loss_of(logits[start + label], top, total); }
  loss[row] = value;
  for (var c = 0u; c < end; c += 4) {
    let columns = columns_from(c);
    let powers = powers_of(load(start, columns), top, columns, params.columns);
    let four = params.gradient_scale * gradient_of(powers, total, columns, label, params.columns);
    for (var i = 0u; i < min(4, end - c); i++) {
      gradient[start + c + i] = four[i];
    }
  }
}
