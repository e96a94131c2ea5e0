// negativeLogLikelihoodGradient/vec4: gradient[r, c] = −w[c] · cotangent[r] where c = labels[r] and that counts, else 0.
//   cotangent, labels: [rows]   classWeights (w): [columns]   gradient: [rows, columns]
// Grid: one invocation for four neighbouring elements, which may lie in several rows.
const WHOLE: u32 = 0;        // variant: 1 where columns is a multiple of 4: the four are of one row
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { rows: u32, columns: u32, vectors: u32, ignored: u32 }

@group(0) @binding(0) var<storage, read> cotangent: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> classWeights: array<f32>;
@group(0) @binding(3) var<storage, read_write> gradient: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> params: Params;

fn element(at: u32) -> f32 {
  // Past the end of the last row, the last row again.
  let row = min(at / params.columns, params.rows - 1);
  let column = at % params.columns;
  if (labels[row] != column || column == params.ignored) { return 0; }
  return -classWeights[column] * cotangent[row];
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let at = 4 * index;
  if (WHOLE == 1) {
    let row = at / params.columns;
    let label = labels[row];
    let hot = vec4<u32>(label) == at - row * params.columns + vec4<u32>(0, 1, 2, 3);
    var value = vec4<f32>();
    if (any(hot) && label != params.ignored) {
      value = select(vec4<f32>(), vec4<f32>(-classWeights[label] * cotangent[row]), hot);
    }
    gradient[index] = value;
    return;
  }
  gradient[index] = vec4<f32>(element(at), element(at + 1), element(at + 2), element(at + 3));
}
