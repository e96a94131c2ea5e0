// weightedCrossEntropyGradient/vec4: the gradient of weightedCrossEntropy's loss in its logits, from what that op knows of
// each row: total · softmax(x)[c] − w[c] · ((1 − smoothing) · [c = y] + smoothing / columns), 0 in rows that do not count.
//   logits, gradient: [rows, columns]   labels, total: [rows]   classWeights (w): [columns]   shift: [rows, 2]
// Grid: one invocation for four neighbouring elements, which may lie in several rows.
const WHOLE: u32 = 0;        // variant: 1 where columns is a multiple of 4: the four are of one row
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/exp.wgsl

struct Params { rows: u32, columns: u32, vectors: u32, ignored: u32, smoothing: f32 }

@group(0) @binding(0) var<storage, read> logits: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> classWeights: array<f32>;
@group(0) @binding(3) var<storage, read> total: array<f32>;
@group(0) @binding(4) var<storage, read> shift: array<vec2<f32>>;
@group(0) @binding(5) var<storage, read_write> gradient: array<vec4<f32>>;
@group(0) @binding(6) var<uniform> params: Params;

// The logarithm of softmax from the row's shift: the largest logit first, so that no digit is lost to it.
fn shifted(x: vec4<f32>, top: vec4<f32>, rest: vec4<f32>) -> vec4<f32> {
  return (x - top) - rest;
}

// What the row of a column is to come to: the part of the loss's factors that this column's logit has.
fn wanted(label: vec4<u32>, column: vec4<u32>, own: vec4<f32>) -> vec4<f32> {
  let columns = vec4<u32>(params.columns);
  let counts = (label < columns) & (label != vec4<u32>(params.ignored));
  let hot = select(vec4<f32>(), vec4<f32>(1 - params.smoothing), label == column);
  return select(vec4<f32>(), own * (hot + params.smoothing / f32(params.columns)), counts);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let x = logits[index];
  if (WHOLE == 1) {
    let row = 4 * index / params.columns;
    let column = 4 * index - row * params.columns + vec4<u32>(0, 1, 2, 3);
    let own = vec4<f32>(classWeights[column.x], classWeights[column.y], classWeights[column.z], classWeights[column.w]);
    let power = finite_exp(shifted(x, shift[row].xxxx, shift[row].yyyy));
    gradient[index] = total[row] * power - wanted(vec4<u32>(labels[row]), column, own);
    return;
  }
  let element = 4 * index + vec4<u32>(0, 1, 2, 3);
  // Past the end of the last row, the last row again.
  let row = min(element / params.columns, vec4<u32>(params.rows - 1));
  let column = element % params.columns;
  let own = vec4<f32>(classWeights[column.x], classWeights[column.y], classWeights[column.z], classWeights[column.w]);
  let label = vec4<u32>(labels[row.x], labels[row.y], labels[row.z], labels[row.w]);
  let factors = vec4<f32>(total[row.x], total[row.y], total[row.z], total[row.w]);
  let top = vec4<f32>(shift[row.x].x, shift[row.y].x, shift[row.z].x, shift[row.w].x);
  let rest = vec4<f32>(shift[row.x].y, shift[row.y].y, shift[row.z].y, shift[row.w].y);
  gradient[index] = factors * finite_exp(shifted(x, top, rest)) - wanted(label, column, own);
}
