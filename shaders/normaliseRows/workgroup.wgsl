// normaliseRows/workgroup: out[r, c] = affine((x[r, c] − mean[r]) · inverse[r]), affine being scale[c] · value + bias[c] where
// there are any; mean[r, 0] is the row's first value, mean[r, 1] the mean's distance from it (0 and 0 where CENTRED = 0: then the
// variance is the mean square), inverse[r] = 1 / √(variance + ε).   x, out: [rows, columns]   scale, bias: [columns]
// Grid: one workgroup of 64 a row; each invocation takes every 64th column. The mean first, then deviations from it.
const CENTRED: u32 = 1;      // variant: 0 where the mean is taken to be 0

//!include lib/grid.wgsl
//!include lib/fold.wgsl

struct Params { rows: u32, columns: u32, epsilon: f32 }

alias XElement = f32;      // storage: f32 or f16
alias ScaleElement = f32;  // storage: f32 or f16
alias BiasElement = f32;   // storage: f32 or f16
alias OutElement = f32;    // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
//!optional
@group(0) @binding(1) var<storage, read> scale: array<ScaleElement>;
//!optional
@group(0) @binding(2) var<storage, read> bias: array<BiasElement>;
@group(0) @binding(3) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(4) var<storage, read_write> mean: array<f32>;
@group(0) @binding(5) var<storage, read_write> inverse: array<f32>;
@group(0) @binding(6) var<uniform> params: Params;

fn load_x(at: u32) -> f32 { return f32(x[at]); }
fn load_scale(column: u32) -> vec4<f32> { return vec4(f32(scale[column])); }
fn load_bias(column: u32) -> vec4<f32> { return vec4(f32(bias[column])); }

//!replace
fn affine(value: vec4<f32>, column: u32) -> vec4<f32> {
  return value;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups);
  if (row >= params.rows) { return; }
  let columns = params.columns;
  let start = row * columns;
  var first = 0f;
  var shifted = 0f;
  if (CENTRED == 1) {
    first = load_x(start);
    var sum = 0f;
    for (var column = local; column < columns; column += 64) { sum += load_x(start + column) - first; }
    shifted = fold_sum(local, sum) / f32(columns);
  }
  var squares = 0f;
  for (var column = local; column < columns; column += 64) {
    let delta = (load_x(start + column) - first) - shifted;
    squares += delta * delta;
  }
  let factor = inverseSqrt(fold_sum(local, squares) / f32(columns) + params.epsilon);
  for (var column = local; column < columns; column += 64) {
    out[start + column] = OutElement(affine(vec4(((load_x(start + column) - first) - shifted) * factor), column).x);
  }
  if (local == 0) {
    mean[2 * row] = first;
    mean[2 * row + 1] = shifted;
    inverse[row] = factor;
  }
}
