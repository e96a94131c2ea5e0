// conv2dInputGradient/depthwise_slide: out[b, y, x, c] = Σ dy[b, y + pad − ky·dilation, …, c] · weights[ky, kx, 0, c].
//   dy: [batch, out_height, out_width, channels]   weights: [3, 3, 1, channels]
//   out: [batch, height, width, channels]
// Grid: one invocation for RUN neighbouring pixels of a line by four channels; channels run fastest.
// As conv2d/depthwise_slide, with the weights turned around. Both strides and the dilation across are 1, each channel has
// one filter, channels are a multiple of 4.
const RUN: u32 = 8;          // variant: neighbouring pixels an invocation
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> weights: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> params: Params;

fn load(line: u32, column: u32, inside: bool) -> vec4<f32> {
  let there = inside && column < params.out_width;
  return select(vec4<f32>(), dy[select(0, line + column * (params.filters / 4), there)], there);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vectors = params.channels / 4;
  let runs = (params.width - 1) / RUN + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  let vector = index % vectors;
  let run = index / vectors;
  let line = run / runs;                        // of the image, numbered through the batch
  if (line >= params.batch * params.height) { return; }
  let first = run % runs * RUN;

  // The lines of dy whose windows reach this one by their last, middle and first taps; those before it wrap to beyond it.
  let up = vec3<u32>(2, 1, 0) * params.dilation_y;
  let y = vec3(line % params.height + params.pad_top) - up;
  let inside = y < vec3(params.out_height);
  let lines = (vec3(line / params.height * params.out_height) + y) * params.out_width * vectors + vector;
  var column = first + params.pad_left - 2;
  var a0 = load(lines.x, column, inside.x);
  var b0 = load(lines.y, column, inside.y);
  var c0 = load(lines.z, column, inside.z);
  column++;
  var a1 = load(lines.x, column, inside.x);
  var b1 = load(lines.y, column, inside.y);
  var c1 = load(lines.z, column, inside.z);
  let w00 = weights[vector + 8 * vectors];
  let w01 = weights[vector + 7 * vectors];
  let w02 = weights[vector + 6 * vectors];
  let w10 = weights[vector + 5 * vectors];
  let w11 = weights[vector + 4 * vectors];
  let w12 = weights[vector + 3 * vectors];
  let w20 = weights[vector + 2 * vectors];
  let w21 = weights[vector + vectors];
  let w22 = weights[vector];
  let row = line * params.width;
  let end = row + min(first + RUN, params.width);
  for (var pixel = row + first; pixel < end; pixel++) {
    column++;
    let a2 = load(lines.x, column, inside.x);
    let b2 = load(lines.y, column, inside.y);
    let c2 = load(lines.z, column, inside.z);
    out[pixel * vectors + vector] = a0 * w00 + a1 * w01 + a2 * w02 + b0 * w10 + b1 * w11 + b2 * w12
      + c0 * w20 + c1 * w21 + c2 * w22;
    a0 = a1; b0 = b1; c0 = c1;
    a1 = a2; b1 = b2; c1 = c2;
  }
}
