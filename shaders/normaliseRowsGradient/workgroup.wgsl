// normaliseRowsGradient/workgroup: out = inverse[r] · (v − mean(v) − x̂ · mean(v · x̂)) over each row, with v = scale · dy and
// x̂ = (x − mean[r]) · inverse[r]; without mean(v) where CENTRED = 0.
//   dy, x, out: [rows, columns]   mean: [rows, 2], an origin and the distance from it   inverse: [rows]   scale: [columns], optional
// Grid: one workgroup of 64 a row; each invocation takes every 64th column. Its two means, then the result.
const CENTRED: u32 = 1;      // variant: 0 where the mean is taken to be 0

//!include lib/grid.wgsl
//!include lib/fold.wgsl

struct Params { rows: u32, columns: u32 }

alias DyElement = f32;     // storage: f32 or f16
alias XElement = f32;      // storage: f32 or f16
alias ScaleElement = f32;  // storage: f32 or f16
alias OutElement = f32;    // storage: f32 or f16

@group(0) @binding(0) var<storage, read> dy: array<DyElement>;
@group(0) @binding(1) var<storage, read> x: array<XElement>;
@group(0) @binding(2) var<storage, read> mean: array<f32>;
@group(0) @binding(3) var<storage, read> inverse: array<f32>;
//!optional
@group(0) @binding(4) var<storage, read> scale: array<ScaleElement>;
@group(0) @binding(5) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(6) var<uniform> params: Params;

fn load_dy(at: u32) -> f32 { return f32(dy[at]); }
fn load_x(at: u32) -> f32 { return f32(x[at]); }
fn load_scale(column: u32) -> vec4<f32> { return vec4(f32(scale[column])); }

//!replace
fn scaled(value: vec4<f32>, column: u32) -> vec4<f32> {
  return value;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups);
  if (row >= params.rows) { return; }
  let columns = params.columns;
  let start = row * columns;
  let origin = mean[2 * row];
  let distance = mean[2 * row + 1];
  let factor = inverse[row];
  var plain = 0f;
  var weighted = 0f;
  for (var column = local; column < columns; column += 64) {
    let v = scaled(vec4(load_dy(start + column)), column).x;
    plain += v;
    weighted += v * ((load_x(start + column) - origin) - distance);
  }
  let share = 1 / f32(columns);
  var level = 0f;
  if (CENTRED == 1) { level = fold_sum(local, plain) * share; }
  let slope = fold_sum(local, weighted) * factor * share * factor;
  for (var column = local; column < columns; column += 64) {
    let v = scaled(vec4(load_dy(start + column)), column).x;
    out[start + column] = OutElement(factor * ((v - level) - ((load_x(start + column) - origin) - distance) * slope));
  }
}
