// normaliseRows/serial: out[r, c] = affine((x[r, c] − mean[r]) · inverse[r]), affine being scale[c] · value + bias[c] where
// there are any; mean[r, 0] is the row's first value, mean[r, 1] the mean's distance from it (0 and 0 where CENTRED = 0: then the
// variance is the mean square), inverse[r] = 1 / √(variance + ε).   x, out: [rows, columns]   scale, bias: [columns]
// Grid: one invocation a row, read twice: its moments in blocks of four elements, then the result.
const WG: u32 = 64;          // variant: invocations a workgroup
const CENTRED: u32 = 1;      // variant: 0 where the mean is taken to be 0

//!include lib/grid.wgsl
//!include lib/moments.wgsl

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

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups) * WG + local;
  if (row >= params.rows) { return; }
  let start = row * params.columns;
  let first = select(0, load_x(start), CENTRED == 1);
  var found = Moments();
  var at = start;
  for (var i = loop_bound(params.columns / 4, groups); i > 0; i--) {
    found = with_four(found, vec4(load_x(at) - first), vec4(load_x(at + 1) - first), vec4(load_x(at + 2) - first),
                      vec4(load_x(at + 3) - first));
    at += 4;
  }
  for (var i = loop_bound(params.columns % 4, groups); i > 0; i--) {
    found = with_block(found, 1, vec4(load_x(at) - first), vec4<f32>());
    at++;
  }
  var shifted = found.mean.x;
  var spread = found.squares.x / f32(params.columns);
  if (CENTRED == 0) { spread += shifted * shifted; shifted = 0; }
  let factor = inverseSqrt(spread + params.epsilon);
  let end = loop_bound(params.columns, groups);
  for (var column = 0u; column < end; column++) {
    out[start + column] = OutElement(affine(vec4(((load_x(start + column) - first) - shifted) * factor), column).x);
  }
  mean[2 * row] = first;
  mean[2 * row + 1] = shifted;
  inverse[row] = factor;
}
