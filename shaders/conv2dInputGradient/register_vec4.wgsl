// conv2dInputGradient/register_vec4: out[b, y, x, c] = Σ dy[b, (y + pad − ky·dilation) / stride, …, f] · weights[ky, kx, c, f]
//   over the taps where that divides.
//   dy: [batch, out_height, out_width, filters]   weights: [kernel_height, kernel_width, group_channels, filters]
//   out: [batch, height, width, channels]
// Grid: one workgroup a tile of WY·TM pixels by WX·TN4·4 channels; channel tiles run fastest.
// As conv2d/register_vec4, gathering from dy: neither the columns nor their sum over windows ever exist. Pixels are taken
// phase by phase: those with the same remainder by the strides are under the same taps, so that no tap is tried in vain.
// Channels and filters of a group are multiples of 4; with several groups, the channels of one are a multiple of TN4·4.
const TM: u32 = 8;           // variant: pixels an invocation: 4 or 8
const TN4: u32 = 2;          // variant: vectors of four channels an invocation: 1 or 2
const WX: u32 = 8;           // variant: invocations over the channels
const WY: u32 = 4;           // variant: invocations over the pixels

//!include lib/grid.wgsl
//!include lib/taps.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32, group_channels: u32, group_filters: u32,
  tap_step_y: u32, tap_step_x: u32,
}

alias DyVector = vec4<f32>;       // storage: f32 or f16
alias WeightsVector = vec4<f32>;  // storage: f32 or f16
alias OutVector = vec4<f32>;      // storage: f32 or f16

@group(0) @binding(0) var<storage, read> dy: array<DyVector>;
@group(0) @binding(1) var<storage, read> weights: array<WeightsVector>;
@group(0) @binding(2) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(3) var<uniform> params: Params;

const nowhere = 0xffffffffu;

// Four consecutive pixels of a phase: their numbers in x, and where dy lies under a tap that goes back by nothing.
struct Places { pixel: vec4<u32>, item: vec4<u32>, bottom: vec4<u32>, right: vec4<u32> }

// `lines` and `columns` are those of a phase, `remainder` its first pixel's; pixels past the image are nowhere.
fn places(first: u32, lines: u32, columns: u32, remainder: vec2<u32>) -> Places {
  let number = vec4(first) + vec4(0, 1, 2, 3);
  let line = number / columns;
  let item = line / lines;
  let y = (line - item * lines) * params.stride_y + remainder.y;
  let x = (number - line * columns) * params.stride_x + remainder.x;
  let inside = (item < vec4(params.batch)) & (y < vec4(params.height)) & (x < vec4(params.width));
  let pixel = select(vec4(nowhere), (item * params.height + y) * params.width + x, inside);
  let bottom = (y + params.pad_top) / params.stride_y;
  let right = (x + params.pad_left) / params.stride_x;
  return Places(pixel, min(item, vec4(params.batch - 1)) * params.out_height, bottom, right);
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

fn store(sum: vec4<f32>, pixel: u32, column: u32) {
  let n = params.channels;
  if (pixel == nowhere || column >= n) { return; }
  out[(pixel * n + column) / 4] = OutVector(sum);
}

// Stores four columns of four pixels.
fn store_block(sums: mat4x4<f32>, pixel: vec4<u32>, column: u32) {
  store(sums[0], pixel.x, column);
  store(sums[1], pixel.y, column);
  store(sums[2], pixel.z, column);
  store(sums[3], pixel.w, column);
}

@compute @workgroup_size(WX, WY)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_id) local: vec3<u32>) {
  let channels = params.channels;
  let stride = vec2(params.stride_x, params.stride_y);
  let lines = (params.height - 1) / stride.y + 1;
  let columns = (params.width - 1) / stride.x + 1;
  let runs = (params.batch * lines * columns - 1) / TM + 1;      // of a phase
  let across = (channels - 1) / (WX * TN4 * 4) + 1;
  let tile = flat_workgroup(group, groups);
  let run = tile / across * WY + local.y;
  let column = (tile % across * WX + local.x) * TN4 * 4;
  let phase = run / runs;
  if (phase >= stride.x * stride.y || column >= channels) { return; }

  let remainder = vec2(phase % stride.x, phase / stride.x);
  let places0 = places(run % runs * TM, lines, columns, remainder);
  let places1 = places(run % runs * TM + 4, lines, columns, remainder);
  // A tap reaches a window only from a distance that leaves this rest by the stride.
  let rest = (remainder + vec2(params.pad_left, params.pad_top)) % stride;

  let own = column / params.group_channels;
  let first = own * params.group_filters / 4;
  let end = loop_bound(first + params.group_filters / 4, groups);
  let step = params.filters / 4;
  let w_column = column - own * params.group_channels;
  let w_last = min(w_column + 4, params.group_channels - 4);
  let w0 = (vec4(w_column) + vec4(0, 1, 2, 3)) * step;
  let w1 = (vec4(w_last) + vec4(0, 1, 2, 3)) * step;
  let image = vec3(params.out_height, params.out_width, step);
  let kernel_height = loop_bound(params.kernel_height, groups);
  let kernel_width = loop_bound(params.kernel_width, groups);
  let dilation = vec2(params.dilation_x, params.dilation_y);
  let first_y = first_tap(rest.y, stride.y, dilation.y, kernel_height);
  let first_x = first_tap(rest.x, stride.x, dilation.x, kernel_width);
  var s00 = mat4x4<f32>(); var s01 = mat4x4<f32>();
  var s10 = mat4x4<f32>(); var s11 = mat4x4<f32>();
  for (var ky = first_y; ky < kernel_height; ky += params.tap_step_y) {
    let up = ky * dilation.y / stride.y;
    for (var kx = first_x; kx < kernel_width; kx += params.tap_step_x) {
      let left = kx * dilation.x / stride.x;
      let tap0 = tap(places0, up, left, image);
      let tap1 = tap(places1, up, left, image);
      let w_tap = (ky * params.kernel_width + kx) * params.group_channels * step;
      for (var filters = first; filters < end; filters++) {
        let d0 = block_dy(tap0, filters);
        var d1: mat4x4<f32>;
        if (TM == 8) { d1 = block_dy(tap1, filters); }
        let b0 = block_w(w0 + w_tap + filters);
        s00 += b0 * d0;
        if (TM == 8) { s10 += b0 * d1; }
        if (TN4 == 2) {
          let b1 = block_w(w1 + w_tap + filters);
          s01 += b1 * d0;
          if (TM == 8) { s11 += b1 * d1; }
        }
      }
    }
  }

  // The sums move up to s00 block by block: an indexed array would go through memory.
  var pixel = places0.pixel;
  for (var i = 0u; i < TM; i += 4) {
    for (var j = 0u; j < TN4; j++) {
      store_block(s00, pixel, column + 4 * j);
      s00 = s01;
    }
    s00 = s10; s01 = s11; pixel = places1.pixel;
  }
}
