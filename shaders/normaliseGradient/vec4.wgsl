// normaliseGradient/vec4: out = inverse · (scale · dy − plain' − (x − mean) · inverse · weighted'), where ' is a factor: 1 / N,
// or scale / N where a group is a channel (GROUPED = 0).   dy, x, out: [batch, space, channels], channels a multiple of 4
//   mean: [batch, 2, channels], an origin and the distance from it   inverse, plain, weighted: [batch, 1, channels]
//   scale: [channels], optional
// Grid: one invocation for four channels of ROWS neighbouring rows, which divide `space`.
const WG: u32 = 64;          // variant: invocations a workgroup
const ROWS: u32 = 1;         // variant: 1 or 4
const GROUPED: u32 = 0;      // variant: 1 where the sums of a group hold the scale already

//!include lib/grid.wgsl

// Vectors of four: of all of x, of a row, of an item of the batch. `share`: 1 / N.
struct Params { vectors: u32, row_vectors: u32, item_vectors: u32, share: f32 }

@group(0) @binding(0) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> mean: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> inverse: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> plain: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read> weighted: array<vec4<f32>>;
//!optional
@group(0) @binding(6) var<storage, read> scale: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(8) var<uniform> params: Params;

fn load_scale(column: u32) -> vec4<f32> { return scale[column]; }

//!replace
fn scaled(value: vec4<f32>, column: u32) -> vec4<f32> {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = params.row_vectors;
  let number = flat_workgroup(group, groups) * WG + local;
  let column = number % row;
  let at = number / row * ROWS * row + column;
  if (at >= params.vectors) { return; }
  let item = at / params.item_vectors;
  let origin = mean[2 * item * row + column];
  let distance = mean[(2 * item + 1) * row + column];
  let factor = inverse[item * row + column];
  let gain = scaled(vec4<f32>(1), column);
  let share = select(gain, vec4<f32>(1), GROUPED == 1) * params.share;
  let level = share * plain[item * row + column];
  let slope = share * weighted[item * row + column] * factor;
  out[at] = factor * ((gain * dy[at] - level) - ((x[at] - origin) - distance) * slope);
  // Written out: on software adapters a loop would cost as much as it saves.
  if (ROWS == 4) {
    let b = at + row; let c = b + row; let d = c + row;
    out[b] = factor * ((gain * dy[b] - level) - ((x[b] - origin) - distance) * slope);
    out[c] = factor * ((gain * dy[c] - level) - ((x[c] - origin) - distance) * slope);
    out[d] = factor * ((gain * dy[d] - level) - ((x[d] - origin) - distance) * slope);
  }
}
