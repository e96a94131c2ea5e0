// conv2d/register_vec4: out[b, oy, ox, f] = Σ x[b, oy·stride + ky·dilation − pad, …, c] · weights[ky, kx, c, f].
//   x: [batch, height, width, channels]   weights: [kernel_height, kernel_width, group_channels, filters]
//   out, operand: [batch, out_height, out_width, filters]   bias: [filters]
// Grid: one workgroup a tile of WY·TM pixels by WX·TN4·4 filters; filter tiles run fastest.
// The columns of im2col never exist: an invocation keeps TM × TN4·4 results in registers, as in matmul/register, and
// gathers its pixels tap by tap. No workgroup memory, no barrier. Channels and filters are multiples of 4.
const TM: u32 = 8;           // variant: pixels an invocation: 4 or 8
const TN4: u32 = 2;          // variant: vectors of four filters an invocation: 1 or 2
const WX: u32 = 8;           // variant: invocations over the filters
const WY: u32 = 4;           // variant: invocations over the pixels

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32, group_channels: u32, group_filters: u32,
}

alias XVector = vec4<f32>;        // storage: f32 or f16
alias WeightsVector = vec4<f32>;  // storage: f32 or f16
alias BiasVector = vec4<f32>;     // storage: f32 or f16
alias OperandVector = vec4<f32>;  // storage: f32 or f16
alias OutVector = vec4<f32>;      // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read> weights: array<WeightsVector>;
//!optional
@group(0) @binding(2) var<storage, read> bias: array<BiasVector>;
//!optional
@group(0) @binding(3) var<storage, read> operand: array<OperandVector>;
@group(0) @binding(4) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(5) var<uniform> params: Params;

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  return vec4<f32>(bias[column / 4]);
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  return vec4<f32>(operand[(row * params.filters + column) / 4]);
}

// `row` is the pixel, numbered through the batch; `column` the first filter.
//!replace
fn epilogue(value: vec4<f32>, row: u32, column: u32) -> vec4<f32> {
  return value;
}

// Where the windows of four consecutive pixels begin in x; coordinates above the image wrap to beyond it.
struct Windows { item: vec4<u32>, top: vec4<u32>, left: vec4<u32> }

fn windows(first: u32) -> Windows {
  let last = params.batch * params.out_height * params.out_width - 1;
  let pixel = min(vec4(first) + vec4(0, 1, 2, 3), vec4(last));
  let line = pixel / params.out_width;
  let item = line / params.out_height;
  let top = (line - item * params.out_height) * params.stride_y - params.pad_top;
  let left = (pixel - line * params.out_width) * params.stride_x - params.pad_left;
  return Windows(item * params.height, top, left);
}

// Four places of x under one tap of the windows; `image` is its height, its width and a pixel's length.
struct Tap { at: vec4<u32>, inside: vec4<bool> }

fn tap(source: Windows, down: u32, right: u32, image: vec3<u32>) -> Tap {
  let y = source.top + down;
  let column = source.left + right;
  let inside = (y < vec4(image.x)) & (column < vec4(image.y));
  let at = ((source.item + y) * image.y + column) * image.z;
  return Tap(select(vec4<u32>(), at, inside), inside);
}

// Four channels of four pixels: one pixel a matrix column.
fn block_x(source: Tap, channel: u32) -> mat4x4<f32> {
  let none = vec4<f32>();
  let at = source.at + channel;
  return mat4x4(select(none, vec4<f32>(x[at.x]), source.inside.x), select(none, vec4<f32>(x[at.y]), source.inside.y),
                select(none, vec4<f32>(x[at.z]), source.inside.z), select(none, vec4<f32>(x[at.w]), source.inside.w));
}

// Four channels of four filters, `step` vectors from channel to channel.
fn block_w(at: u32, step: u32) -> mat4x4<f32> {
  return mat4x4<f32>(mat4x4(weights[at], weights[at + step], weights[at + 2 * step], weights[at + 3 * step]));
}

fn store(sum: vec4<f32>, row: u32, end: u32, column: u32) {
  let n = params.filters;
  if (row >= end || column >= n) { return; }
  out[(row * n + column) / 4] = OutVector(epilogue(sum, row, column));
}

// Stores four columns of four rows; those at `end` and beyond do not exist.
fn store_block(sums: mat4x4<f32>, row: u32, end: u32, column: u32) {
  store(sums[0], row, end, column);
  store(sums[1], row + 1, end, column);
  store(sums[2], row + 2, end, column);
  store(sums[3], row + 3, end, column);
}

@compute @workgroup_size(WX, WY)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_id) local: vec3<u32>) {
  let filters = params.filters;
  let pixels = params.batch * params.out_height * params.out_width;
  let across = (filters - 1) / (WX * TN4 * 4) + 1;
  let tile = flat_workgroup(group, groups);
  let row = (tile / across * WY + local.y) * TM;
  let column = (tile % across * WX + local.x) * TN4 * 4;
  if (row >= pixels || column >= filters) { return; }

  let windows0 = windows(row);
  let windows1 = windows(row + 4);
  let step = filters / 4;
  var w0 = column / 4;
  var w1 = min(w0 + 1, step - 1);
  // The channels of the group that all filters of the tile belong to.
  let start = column / params.group_filters * (params.group_channels / 4);
  let end = loop_bound(start + params.group_channels / 4, groups);
  let image = vec3(params.height, params.width, params.channels / 4);
  let height = loop_bound(params.kernel_height * params.dilation_y, groups);
  let width = loop_bound(params.kernel_width * params.dilation_x, groups);
  let dilation = vec2(params.dilation_x, params.dilation_y);
  var s00 = mat4x4<f32>(); var s01 = mat4x4<f32>();
  var s10 = mat4x4<f32>(); var s11 = mat4x4<f32>();
  for (var down = 0u; down < height; down += dilation.y) {
    for (var right = 0u; right < width; right += dilation.x) {
      let tap0 = tap(windows0, down, right, image);
      let tap1 = tap(windows1, down, right, image);
      for (var channel = start; channel < end; channel++) {
        let x0 = block_x(tap0, channel);
        var x1: mat4x4<f32>;
        if (TM == 8) { x1 = block_x(tap1, channel); }
        let b0 = block_w(w0, step);
        s00 += b0 * x0;
        if (TM == 8) { s10 += b0 * x1; }
        if (TN4 == 2) {
          let b1 = block_w(w1, step);
          s01 += b1 * x0;
          if (TM == 8) { s11 += b1 * x1; }
        }
        w0 += filters;
        w1 += filters;
      }
    }
  }

  // The sums move up to s00 block by block: an indexed array would go through memory, and one call a block would
  // compile the epilogue as often.
  for (var i = 0u; i < TM; i += 4) {
    for (var j = 0u; j < TN4; j++) {
      store_block(s00, row + i, pixels, column + 4 * j);
      s00 = s01;
    }
    s00 = s10; s01 = s11;
  }
}
