// negativeLogLikelihood/serial: loss[r] = −w[y] · x[r, y], weight[r] = w[y] with y = labels[r]; both 0 where y is no column
// or is the ignored one.
//   logProbabilities (x): [rows, columns]   labels, loss, weight: [rows]   classWeights (w): [columns]
// Grid: one invocation a row.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { rows: u32, columns: u32, ignored: u32 }

@group(0) @binding(0) var<storage, read> logProbabilities: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> classWeights: array<f32>;
@group(0) @binding(3) var<storage, read_write> loss: array<f32>;
@group(0) @binding(4) var<storage, read_write> weight: array<f32>;
@group(0) @binding(5) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups) * WG + local;
  if (row >= params.rows) { return; }
  let label = labels[row];
  var own = 0f;
  var value = 0f;
  if (label < params.columns && label != params.ignored) {
    own = classWeights[label];
    value = -own * logProbabilities[row * params.columns + label];
  }
  loss[row] = value;
  weight[row] = own;
}
