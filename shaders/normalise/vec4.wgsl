// normalise/vec4: out[b, s, c] = epilogue((x[b, s, c] − mean[b, c]) · inverse[b, c] · scale[c] + bias[c]).
//   x, out, operand: [batch, space, channels]   mean: [batch, 2, channels], an origin
// and the distance from it   inverse: [batch, 1, channels]   scale, bias: [channels], channels a multiple of 4
// Grid: one invocation for four channels of ROWS neighbouring rows, which divide `space`.
const WG: u32 = 64;          // variant: invocations a workgroup
const ROWS: u32 = 1;         // variant: 1 or 8
const ITEMS: u32 = 1;        // variant: 0 where the batch is 1, which saves a division

//!include lib/grid.wgsl

// Vectors of four: of all of x, of a row, of an item of the batch.
struct Params { vectors: u32, row_vectors: u32, item_vectors: u32 }

alias XVector = vec4<f32>;        // storage: f32 or f16
alias ScaleVector = vec4<f32>;    // storage: f32 or f16
alias BiasVector = vec4<f32>;     // storage: f32 or f16
alias OperandVector = vec4<f32>;  // storage: f32 or f16
alias OutVector = vec4<f32>;      // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read> mean: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> inverse: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> scale: array<ScaleVector>;
@group(0) @binding(4) var<storage, read> bias: array<BiasVector>;
//!optional
@group(0) @binding(5) var<storage, read> operand: array<OperandVector>;
@group(0) @binding(6) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(7) var<uniform> params: Params;

fn load_x(at: u32) -> vec4<f32> { return vec4<f32>(x[at]); }
fn load_operand(index: u32) -> vec4<f32> { return vec4<f32>(operand[index]); }

//!replace
fn epilogue(value: vec4<f32>, index: u32) -> vec4<f32> {
  return value;
}

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
  let origin = mean[2 * item + column];
  let gain = inverse[item + column] * vec4<f32>(scale[column]);
  let shift = vec4<f32>(bias[column]) - mean[2 * item + row + column] * gain;
  out[at] = OutVector(epilogue((load_x(at) - origin) * gain + shift, at));
  // Written out: on software adapters a loop would cost as much as it saves.
  if (ROWS == 8) {
    at += row; out[at] = OutVector(epilogue((load_x(at) - origin) * gain + shift, at));
    at += row; out[at] = OutVector(epilogue((load_x(at) - origin) * gain + shift, at));
    at += row; out[at] = OutVector(epilogue((load_x(at) - origin) * gain + shift, at));
    at += row; out[at] = OutVector(epilogue((load_x(at) - origin) * gain + shift, at));
    at += row; out[at] = OutVector(epilogue((load_x(at) - origin) * gain + shift, at));
    at += row; out[at] = OutVector(epilogue((load_x(at) - origin) * gain + shift, at));
    at += row; out[at] = OutVector(epilogue((load_x(at) - origin) * gain + shift, at));
  }
}
