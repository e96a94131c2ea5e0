// softmaxCrossEntropyWithGradient/workgroup: the loss of softmaxCrossEntropy, and gradient_scale times its
// gradient, from one softmax.
//   logits, gradient: [rows, columns]   labels, loss: [rows]
// Grid: one workgroup of 64 a row. Each invocation takes every 64th column, four of them at a time.

//!include lib/grid.wgsl
//!include lib/softmax.wgsl
//!include lib/fold.wgsl

struct Params { rows: u32, columns: u32, gradient_scale: f32 }

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read_write> loss: array<f32>;
@group(0) @binding(3) var<storage, read_write> gradient: array<f32>;
@group(0) @binding(4) var<uniform> params: Params;

fn columns_from(first: u32) -> vec4<u32> { return first + vec4<u32>(0, 64, 128, 192); }

fn load(start: u32, columns: vec4<u32>) -> vec4<f32> {
  let at = start + held_columns(columns, params.columns);
  return vec4<f32>(logits[at.x], logits[at.y], logits[at.z], logits[at.w]);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups);
  if (row >= params.rows) { return; }
  let start = row * params.columns;
  var best = load(start, columns_from(local));
  for (var c = local + 256; c < params.columns; c += 256) { best = max(best, load(start, columns_from(c))); }
  let top = fold_max(local, largest_of(best));
  var sums = vec4<f32>();
  for (var c = local; c < params.columns; c += 256) {
    let columns = columns_from(c);
    sums += powers_of(load(start, columns), top, columns, params.columns);
  }
  let total = fold_sum(local, total_of(sums));
  let label = labels[row];
  if (local == 0) {
    var value = 0f;
    if (label < params.columns) { value = loss_of(logits[start + label], top, total); }
    loss[row] = value;
  }
  for (var c = local; c < params.columns; c += 256) {
    let columns = columns_from(c);
    let powers = powers_of(load(start, columns), top, columns, params.columns);
    let four = params.gradient_scale * gradient_of(powers, total, columns, label, params.columns);
    for (var i = 0u; i < 4; i++) {
      let column = c + 64 * i;
      if (column < params.columns) { gradient[start + column] = four[i]; }
    }
  }
}
