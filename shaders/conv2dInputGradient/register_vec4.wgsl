// conv2dInputGradient/register_vec4: out[b, y, x, c] = Σ dy[b, y + pad − ky·dilation, …, f] · weights[ky, kx, c, f].
//   dy: [batch, out_height, out_width, filters]   weights: [kernel_height, kernel_width, channels, filters]
//   out: [batch, height, width, channels]
// Grid: one workgroup a tile of WY·TM pixels by WX·TN4·4 channels; channel tiles run fastest.
// As conv2d/register_vec4, gathering from dy: neither the columns nor their sum over windows ever exist. Both strides
// are 1; channels and filters are multiples of 4.
const TM: u32 = 8;           // variant: pixels an invocation: 4 or 8
const TN4: u32 = 2;          // variant: vectors of four channels an invocation: 1 or 2
const WX: u32 = 8;           // variant: invocations over the channels
const WY: u32 = 4;           // variant: invocations over the pixels

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32,
}

alias DyVector = vec4<f32>;       // storage: f32 or f16
alias WeightsVector = vec4<f32>;  // storage: f32 or f16
alias OutVector = vec4<f32>;      // storage: f32 or f16

@group(0) @binding(0) var<storage, read> dy: array<DyVector>;
@group(0) @binding(1) var<storage, read> weights: array<WeightsVector>;
@group(0) @binding(2) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(3) var<uniform> params: Params;

// Four consecutive pixels of x, as places in dy under the window's first tap.
struct Places { item: vec4<u32>, bottom: vec4<u32>, right: vec4<u32> }

fn places(first: u32) -> Places {
  let last = params.batch * params.height * params.width - 1;
  let pixel = min(vec4(first) + vec4(0, 1, 2, 3), vec4(last));
  let line = pixel / params.width;
  let item = line / params.height;
  let bottom = line - item * params.height + params.pad_top;
  let right = pixel - line * params.width + params.pad_left;
  return Places(item * params.out_height, bottom, right);
}

// Four places of dy under one tap; those above the image wrap to beyond it. `image` is dy's height, its width and a
// pixel's length.
struct Tap { at: vec4<u32>, inside: vec4<bool> }

fn tap(source: Places, up: u32, left: u32, image: vec3<u32>) -> Tap {
  let oy = source.bottom - up;
  let ox = source.right - left;
  let inside = (oy < vec4(image.x)) & (ox < vec4(image.y));
  let at = ((source.item + oy) * image.y + ox) * image.z;
  return Tap(select(vec4<u32>(), at, inside), inside);
}

// Four filters of four pixels: one pixel a matrix column.
fn block_dy(source: Tap, filters: u32) -> mat4x4<f32> {
  let none = vec4<f32>();
  let at = source.at + filters;
  return mat4x4(select(none, vec4<f32>(dy[at.x]), source.inside.x), select(none, vec4<f32>(dy[at.y]), source.inside.y),
                select(none, vec4<f32>(dy[at.z]), source.inside.z), select(none, vec4<f32>(dy[at.w]), source.inside.w));
}

// Four filters of four channels.
fn block_w(at: vec4<u32>) -> mat4x4<f32> {
  return transpose(mat4x4<f32>(mat4x4(weights[at.x], weights[at.y], weights[at.z], weights[at.w])));
}

fn store(sum: vec4<f32>, row: u32, end: u32, column: u32) {
  let n = params.channels;
  if (row >= end || column >= n) { return; }
  out[(row * n + column) / 4] = OutVector(sum);
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
  let channels = params.channels;
  let pixels = params.batch * params.height * params.width;
  let across = (channels - 1) / (WX * TN4 * 4) + 1;
  let tile = flat_workgroup(group, groups);
  let row = (tile / across * WY + local.y) * TM;
  let column = (tile % across * WX + local.x) * TN4 * 4;
  if (row >= pixels || column >= channels) { return; }

  let places0 = places(row);
  let places1 = places(row + 4);
  let step = loop_bound(params.filters / 4, groups);
  var w0 = (vec4(column) + vec4(0, 1, 2, 3)) * step;
  var w1 = (vec4(min(column + 4, channels - 4)) + vec4(0, 1, 2, 3)) * step;
  let image = vec3(params.out_height, params.out_width, step);
  let height = loop_bound(params.kernel_height * params.dilation_y, groups);
  let width = loop_bound(params.kernel_width * params.dilation_x, groups);
  let dilation = vec2(params.dilation_x, params.dilation_y);
  var s00 = mat4x4<f32>(); var s01 = mat4x4<f32>();
  var s10 = mat4x4<f32>(); var s11 = mat4x4<f32>();
  for (var up = 0u; up < height; up += dilation.y) {
    for (var left = 0u; left < width; left += dilation.x) {
      let tap0 = tap(places0, up, left, image);
      let tap1 = tap(places1, up, left, image);
      for (var filters = 0u; filters < step; filters++) {
        let d0 = block_dy(tap0, filters);
        var d1: mat4x4<f32>;
        if (TM == 8) { d1 = block_dy(tap1, filters); }
        let b0 = block_w(w0 + filters);
        s00 += b0 * d0;
        if (TM == 8) { s10 += b0 * d1; }
        if (TN4 == 2) {
          let b1 = block_w(w1 + filters);
          s01 += b1 * d0;
          if (TM == 8) { s11 += b1 * d1; }
        }
      }
      w0 += vec4(channels * step);
      w1 += vec4(channels * step);
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
