// conv2d/depthwise: out[b, oy, ox, f] = Σ x[b, oy·stride + ky·dilation − pad, …, f / multiplier] · weights[ky, kx, 0, f].
//   x: [batch, height, width, channels]   weights: [kernel_height, kernel_width, 1, filters]
//   out, operand: [batch, out_height, out_width, filters]   bias: [filters]
// Grid: one invocation for four neighbouring pixels of a line by four filters; filters run fastest.
// Each channel is a group by itself; four weights serve four pixels. Channels are a multiple of 4.
const SPREAD: u32 = 0;       // variant: 1 where a channel has several filters
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

// The channels of four filters at column `column` of the line that begins at `line`; 0 beside the image.
fn load(line: u32, column: u32, lanes: vec4<u32>) -> vec4<f32> {
  let inside = column < params.width;
  let value = select(vec4<f32>(), x[select(0, line + column * (params.channels / 4), inside)], inside);
  if (SPREAD == 0) { return value; }
  return spread(value, lanes);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vectors = params.filters / 4;
  let runs = (params.out_width - 1) / 4 + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  let vector = index % vectors;
  let run = index / vectors;
  let line = run / runs;                        // of the result, numbered through the batch
  if (line >= params.batch * params.out_height) { return; }
  let first = run % runs * 4;

  let multiplier = params.filters / params.channels;
  let lanes = lanes_of(vector, multiplier);
  let item = line / params.out_height;
  // A window's first tap; coordinates before the image wrap to beyond it.
  let top = line % params.out_height * params.stride_y - params.pad_top;
  let left = first * params.stride_x - params.pad_left;
  let step = params.stride_x;
  let kernel_height = loop_bound(params.kernel_height, groups);
  let kernel_width = loop_bound(params.kernel_width, groups);
  var w = vector;
  var s0 = vec4<f32>(); var s1 = vec4<f32>(); var s2 = vec4<f32>(); var s3 = vec4<f32>();
  for (var ky = 0u; ky < kernel_height; ky++) {
    let y = top + ky * params.dilation_y;
    if (y < params.height) {
      let start = (item * params.height + y) * params.width * (params.channels / 4) + vector / multiplier;
      var column = left;
      var at = w;
      for (var kx = 0u; kx < kernel_width; kx++) {
        let own = weights[at];
        s0 += own * load(start, column, lanes);
        s1 += own * load(start, column + step, lanes);
        s2 += own * load(start, column + 2 * step, lanes);
        s3 += own * load(start, column + 3 * step, lanes);
        column += params.dilation_x;
        at += vectors;
      }
    }
    w += params.kernel_width * vectors;
  }

  // One call of the epilogue in a loop compiles it once; the sums move up to s0.
  let row = line * params.out_width + first;
  let count = min(params.out_width - first, 4);
  for (var i = 0u; i < count; i++) {
    out[(row + i) * vectors + vector] = epilogue(s0, row + i, vector * 4);
    s0 = s1; s1 = s2; s2 = s3;
  }
}
