// normaliseRowsGradient/serial_vec4: out = inverse[r] · (v − mean(v) − x̂ · mean(v · x̂)) over each row, with v = scale · dy and
// x̂ = (x − mean[r]) · inverse[r]; without mean(v) where CENTRED = 0.
//   dy, x, out: [rows, columns], columns a multiple of 4   mean: [rows, 2], an origin and the distance from it   inverse: [rows]   scale: [columns], optional
// Grid: one invocation a row, read twice: its two means, then the result.
const WG: u32 = 64;          // variant: invocations a workgroup
const CENTRED: u32 = 1;      // variant: 0 where the mean is taken to be 0

//!include lib/grid.wgsl
//!include lib/moments.wgsl

struct Params { rows: u32, columns: u32 }

alias DyVector = vec4<f32>;     // storage: f32 or f16
alias XVector = vec4<f32>;      // storage: f32 or f16
alias ScaleVector = vec4<f32>;  // storage: f32 or f16
alias OutVector = vec4<f32>;    // storage: f32 or f16

@group(0) @binding(0) var<storage, read> dy: array<DyVector>;
@group(0) @binding(1) var<storage, read> x: array<XVector>;
@group(0) @binding(2) var<storage, read> mean: array<f32>;
@group(0) @binding(3) var<storage, read> inverse: array<f32>;
//!optional
@group(0) @binding(4) var<storage, read> scale: array<ScaleVector>;
@group(0) @binding(5) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(6) var<uniform> params: Params;

fn load_dy(at: u32) -> vec4<f32> { return vec4<f32>(dy[at]); }
fn load_x(at: u32) -> vec4<f32> { return vec4<f32>(x[at]); }
fn centred(at: u32, origin: f32, distance: f32) -> vec4<f32> { return (load_x(at) - origin) - distance; }
fn load_scale(column: u32) -> vec4<f32> { return vec4<f32>(scale[column]); }

//!replace
fn scaled(value: vec4<f32>, column: u32) -> vec4<f32> {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups) * WG + local;
  if (row >= params.rows) { return; }
  let vectors = params.columns / 4;
  let start = row * vectors;
  let origin = mean[2 * row];
  let distance = mean[2 * row + 1];
  let factor = inverse[row];
  let end = loop_bound(vectors, groups);
  var plain = vec4<f32>();
  var weighted = vec4<f32>();
  var column = 0u;
  for (; column + 4 <= end; column += 4) {
    let at = start + column;
    let a = scaled(load_dy(at), column);
    let b = scaled(load_dy(at + 1), column + 1);
    let c = scaled(load_dy(at + 2), column + 2);
    let d = scaled(load_dy(at + 3), column + 3);
    plain += (a + b) + (c + d);
    weighted += (a * centred(at, origin, distance) + b * centred(at + 1, origin, distance))
              + (c * centred(at + 2, origin, distance) + d * centred(at + 3, origin, distance));
  }
  for (; column < end; column++) {
    let v = scaled(load_dy(start + column), column);
    plain += v;
    weighted += v * centred(start + column, origin, distance);
  }
  let share = 1 / f32(params.columns);
  let level = select(0, total_of(plain) * share, CENTRED == 1);
  let slope = total_of(weighted) * factor * share * factor;
  column = 0;
  for (; column + 4 <= end; column += 4) {
    let at = start + column;
    out[at] = OutVector(factor * ((scaled(load_dy(at), column) - level) - centred(at, origin, distance) * slope));
    out[at + 1] = OutVector(factor * ((scaled(load_dy(at + 1), column + 1) - level) - centred(at + 1, origin, distance) * slope));
    out[at + 2] = OutVector(factor * ((scaled(load_dy(at + 2), column + 2) - level) - centred(at + 2, origin, distance) * slope));
    out[at + 3] = OutVector(factor * ((scaled(load_dy(at + 3), column + 3) - level) - centred(at + 3, origin, distance) * slope));
  }
  for (; column < end; column++) {
    let v = scaled(load_dy(start + column), column);
    out[start + column] = OutVector(factor * ((v - level) - centred(start + column, origin, distance) * slope));
  }
}
