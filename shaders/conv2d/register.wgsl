// conv2d/register: out[b, oy, ox, f] = Σ x[b, oy·stride + ky·dilation − pad, …, c] · weights[ky, kx, c, f].
//   x: [batch, height, width, channels]   weights: [kernel_height, kernel_width, channels, filters]
//   out, operand: [batch, out_height, out_width, filters]   bias: [filters]
// Grid: one workgroup a tile of WY·TM pixels by WX·TN4·4 filters; filter tiles run fastest.
// The columns of im2col never exist: an invocation keeps TM × TN4·4 results in registers, as in matmul/register, and
// gathers its pixels tap by tap. No workgroup memory, no barrier. Accepts everything.
const TM: u32 = 8;           // variant: pixels an invocation: 4 or 8
const TN4: u32 = 2;          // variant: vectors of four filters an invocation: 1 or 2
const WX: u32 = 8;           // variant: invocations over the filters
const WY: u32 = 4;           // variant: invocations over the pixels

//!include lib/grid.wgsl
//!include lib/blocks.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32,
}

alias XElement = f32;        // storage: f32 or f16
alias WeightsElement = f32;  // storage: f32 or f16
alias BiasElement = f32;     // storage: f32 or f16
alias OperandElement = f32;  // storage: f32 or f16
alias OutElement = f32;      // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read> weights: array<WeightsElement>;
//!optional
@group(0) @binding(2) var<storage, read> bias: array<BiasElement>;
//!optional
@group(0) @binding(3) var<storage, read> operand: array<OperandElement>;
@group(0) @binding(4) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(5) var<uniform> params: Params;

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  let at = four(column, params.filters);
  return vec4<f32>(vec4(bias[at.x], bias[at.y], bias[at.z], bias[at.w]));
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  let at = four(column, params.filters) + row * params.filters;
  return vec4<f32>(vec4(operand[at.x], operand[at.y], operand[at.z], operand[at.w]));
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

// One channel of four pixels.
fn gather_x(source: Tap, channel: u32) -> vec4<f32> {
  let at = source.at + channel;
  return select(vec4<f32>(), vec4<f32>(vec4(x[at.x], x[at.y], x[at.z], x[at.w])), source.inside);
}

// One channel of four filters.
fn gather_w(at: vec4<u32>) -> vec4<f32> {
  return vec4<f32>(vec4(weights[at.x], weights[at.y], weights[at.z], weights[at.w]));
}

fn store(sum: vec4<f32>, row: u32, end: u32, column: u32) {
  let n = params.filters;
  if (row >= end || column >= n) { return; }
  let value = epilogue(sum, row, column);
  let at = row * n + column;
  out[at] = OutElement(value.x);
  if (column + 1 < n) { out[at + 1] = OutElement(value.y); }
  if (column + 2 < n) { out[at + 2] = OutElement(value.z); }
  if (column + 3 < n) { out[at + 3] = OutElement(value.w); }
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
  var w0 = four(column, filters);
  var w1 = four(column + 4, filters);
  // One loop over taps and channels: nested ones are dear on some adapters, and there may be only one channel.
  let channels = params.channels;
  let image = vec3(params.height, params.width, channels);
  let width = params.kernel_width * params.dilation_x;
  let dilation = vec2(params.dilation_x, params.dilation_y);
  var down = 0u;
  var right = 0u;
  var channel = 0u;
  var s00 = mat4x4<f32>(); var s01 = mat4x4<f32>();
  var s10 = mat4x4<f32>(); var s11 = mat4x4<f32>();
  for (var i = loop_bound(params.kernel_height * params.kernel_width * channels, groups); i > 0; i--) {
    let x0 = gather_x(tap(windows0, down, right, image), channel);
    var x1: vec4<f32>;
    if (TM == 8) { x1 = gather_x(tap(windows1, down, right, image), channel); }
    let b0 = gather_w(w0);
    s00 += outer(x0, b0);
    if (TM == 8) { s10 += outer(x1, b0); }
    if (TN4 == 2) {
      let b1 = gather_w(w1);
      s01 += outer(x0, b1);
      if (TM == 8) { s11 += outer(x1, b1); }
    }
    w0 += vec4(filters);
    w1 += vec4(filters);
    channel++;
    if (channel == channels) {
      channel = 0;
      right += dilation.x;
      if (right == width) {
        right = 0;
        down += dilation.y;
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
