// conv2d/depthwise_slide: out[b, oy, ox, f] = Σ x[b, oy·stride + ky·dilation − pad, …, f / multiplier] · weights[ky, kx, 0, f].
//   x: [batch, height, width, channels]   weights: [kernel_height, kernel_width, 1, filters]
//   out, operand: [batch, out_height, out_width, filters]   bias: [filters]
// Grid: one invocation for RUN neighbouring pixels of a line by four filters; filters run fastest.
// Each channel is a group by itself. Windows are 3 × 3 and slide by one pixel: the weights stay in registers, and each
// window brings three new pixels of nine. Stride and dilation across are 1, channels a multiple of 4.
const SPREAD: u32 = 0;       // variant: 1 where a channel has several filters
const RUN: u32 = 8;          // variant: neighbouring pixels an invocation
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/depthwise.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> weights: array<vec4<f32>>;
//!optional
@group(0) @binding(2) var<storage, read> bias: array<vec4<f32>>;
//!optional
@group(0) @binding(3) var<storage, read> operand: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> params: Params;

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  return bias[column / 4];
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  return operand[(row * params.filters + column) / 4];
}

// `row` is the pixel, numbered through the batch; `column` the first filter.
//!replace
fn epilogue(value: vec4<f32>, row: u32, column: u32) -> vec4<f32> {
  return value;
}

// The channels of four filters at a pixel of a line; 0 outside of the image.
fn load(line: u32, column: u32, inside: bool, lanes: vec4<u32>) -> vec4<f32> {
  let there = inside && column < params.width;
  let value = select(vec4<f32>(), x[select(0, line + column * (params.channels / 4), there)], there);
  if (SPREAD == 0) { return value; }
  return spread(value, lanes);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vectors = params.filters / 4;
  let runs = (params.out_width - 1) / RUN + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  let vector = index % vectors;
  let run = index / vectors;
  let line = run / runs;                        // of the result, numbered through the batch
  if (line >= params.batch * params.out_height) { return; }
  let first = run % runs * RUN;

  // The three lines of a window; coordinates before the image wrap to beyond it.
  let multiplier = params.filters / params.channels;
  let lanes = lanes_of(vector, multiplier);
  let down = vec3<u32>(0, 1, 2) * params.dilation_y;
  let y = vec3(line % params.out_height * params.stride_y - params.pad_top) + down;
  let inside = y < vec3(params.height);
  let lines = (vec3(line / params.out_height * params.height) + y) * params.width * (params.channels / 4)
    + vector / multiplier;
  var column = first - params.pad_left;
  var a0 = load(lines.x, column, inside.x, lanes);
  var b0 = load(lines.y, column, inside.y, lanes);
  var c0 = load(lines.z, column, inside.z, lanes);
  column++;
  var a1 = load(lines.x, column, inside.x, lanes);
  var b1 = load(lines.y, column, inside.y, lanes);
  var c1 = load(lines.z, column, inside.z, lanes);
  let w00 = weights[vector];
  let w01 = weights[vector + vectors];
  let w02 = weights[vector + 2 * vectors];
  let w10 = weights[vector + 3 * vectors];
  let w11 = weights[vector + 4 * vectors];
  let w12 = weights[vector + 5 * vectors];
  let w20 = weights[vector + 6 * vectors];
  let w21 = weights[vector + 7 * vectors];
  let w22 = weights[vector + 8 * vectors];
  let row = line * params.out_width;
  let end = row + min(first + RUN, params.out_width);
  for (var pixel = row + first; pixel < end; pixel++) {
    column++;
    let a2 = load(lines.x, column, inside.x, lanes);
    let b2 = load(lines.y, column, inside.y, lanes);
    let c2 = load(lines.z, column, inside.z, lanes);
    let sum = a0 * w00 + a1 * w01 + a2 * w02 + b0 * w10 + b1 * w11 + b2 * w12 + c0 * w20 + c1 * w21 + c2 * w22;
    out[pixel * vectors + vector] = epilogue(sum, pixel, vector * 4);
    a0 = a1; b0 = b1; c0 = c1;
    a1 = a2; b1 = b2; c1 = c2;
  }
}
