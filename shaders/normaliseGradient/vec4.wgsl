// normaliseGradient/vec4: out = inverse · (scale · dy − plain' − (x − mean) · inverse · weighted'), where ' is a factor: 1 / N,
// or scale / N where a group is a channel (GROUPED = 0).   dy, x, out: [batch, space, channels], channels a multiple of 4
//   mean: [batch, 2, channels], an origin and the distance from it   inverse, plain, weighted: [batch, 1, channels]
//   scale: [channels]
// Grid: one invocation for four channels of ROWS neighbouring rows, which divide `space`.
const WG: u32 = 64;          // variant: invocations a workgroup
const ROWS: u32 = 1;         // variant: 1 or 4
const ITEMS: u32 = 1;        // variant: 0 where the batch is 1, which saves a division
const GROUPED: u32 = 0;      // variant: 1 where the sums of a group hold the scale already

//!include lib/grid.wgsl

// Vectors of four: of all of x, of a row, of an item of the batch. `share`: 1 / N.
struct Params { vectors: u32, row_vectors: u32, item_vectors: u32, share: f32 }

alias DyVector = vec4<f32>;     // storage: f32 or f16
alias XVector = vec4<f32>;      // storage: f32 or f16
alias ScaleVector = vec4<f32>;  // storage: f32 or f16
alias OutVector = vec4<f32>;    // storage: f32 or f16

@group(0) @binding(0) var<storage, read> dy: array<DyVector>;
@group(0) @binding(1) var<storage, read> x: array<XVector>;
@group(0) @binding(2) var<storage, read> mean: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> inverse: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> plain: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read> weighted: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read> scale: array<ScaleVector>;
@group(0) @binding(7) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(8) var<uniform> params: Params;

fn load_dy(at: u32) -> vec4<f32> { return vec4<f32>(dy[at]); }
fn load_x(at: u32) -> vec4<f32> { return vec4<f32>(x[at]); }

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = params.row_vectors;
  let number = flat_workgroup(group, groups) * WG + local;
  let line = number / row;
  let column = number - line * row;
  var at = line * ROWS * row + column;
  if (at >= params.vectors) { return; }
  var item = 0u;
  if (ITEMS == 1) { item = at / params.item_vectors * row; }
  let factor = inverse[item + column];
  let share = select(vec4<f32>(scale[column]), vec4<f32>(1), GROUPED == 1) * params.share * factor;
  let origin = mean[2 * item + column];
  let gain = factor * vec4<f32>(scale[column]);
  let slope = share * weighted[item + column] * factor;
  let level = share * plain[item + column] - mean[2 * item + row + column] * slope;
  out[at] = OutVector((gain * load_dy(at) - level) - (load_x(at) - origin) * slope);
  // Written out: on software adapters a loop would cost as much as it saves.
  if (ROWS == 4) {
    at += row; out[at] = OutVector((gain * load_dy(at) - level) - (load_x(at) - origin) * slope);
    at += row; out[at] = OutVector((gain * load_dy(at) - level) - (load_x(at) - origin) * slope);
    at += row; out[at] = OutVector((gain * load_dy(at) - level) - (load_x(at) - origin) * slope);
  }
}
