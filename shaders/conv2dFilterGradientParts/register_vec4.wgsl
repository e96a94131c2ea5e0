// conv2dFilterGradientParts/register_vec4: out[p, ky, kx, c, f] = Σ over the lines of part p of
//     x[b, oy·stride + ky·dilation − pad, …, c] · dy[b, oy, ox, f].
//   x: [batch, height, width, channels]   dy: [batch, out_height, out_width, filters]
//   out: [parts, kernel_height, kernel_width, group_channels, filters]; a part has `lines` lines of dy
// Grid: one workgroup a tile of WY·TM weights by WX·TN4·4 filters of a part; filter tiles run fastest, then weight tiles.
// An implicit matrix product: the columns never exist. An invocation keeps TM × TN4·4 sums in registers; its weights are
// channels of one tap, so that a line's windows inside the image are a plain loop. Channels are a multiple of TM,
// filters of 4.
const TM: u32 = 8;           // variant: channels an invocation: 4 or 8
const TN4: u32 = 2;          // variant: vectors of four filters an invocation: 1, 2 or 4
const WX: u32 = 8;           // variant: invocations over the filters
const WY: u32 = 4;           // variant: invocations over the weights

//!include lib/grid.wgsl
//!include lib/blocks.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32, group_channels: u32, group_filters: u32, lines: u32,
}

alias XVector = vec4<f32>;    // storage: f32 or f16
alias DyVector = vec4<f32>;   // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read> dy: array<DyVector>;
@group(0) @binding(2) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(3) var<uniform> params: Params;

fn store(sum: vec4<f32>, row: u32, column: u32) {
  if (column >= params.filters) { return; }
  out[(row * params.filters + column) / 4] = OutVector(sum);
}

fn store_block(sums: mat4x4<f32>, row: u32, column: u32) {
  store(sums[0], row, column);
  store(sums[1], row + 1, column);
  store(sums[2], row + 2, column);
  store(sums[3], row + 3, column);
}

@compute @workgroup_size(WX, WY)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_id) local: vec3<u32>) {
  let channels = params.channels;
  let filters = params.filters;
  let stride = params.stride_x;
  let weights = params.kernel_height * params.kernel_width * params.group_channels;
  let across = (filters - 1) / (WX * TN4 * 4) + 1;
  let down = (weights - 1) / (WY * TM) + 1;
  let tile = flat_workgroup(group, groups);
  let part = tile / (across * down);
  let weight = (tile / across % down * WY + local.y) * TM;
  let column = (tile % across * WX + local.x) * TN4 * 4;
  let lines = params.batch * params.out_height;
  if (part * params.lines >= lines || weight >= weights || column >= filters) { return; }

  // The windows of a line whose tap lies inside the image; places count from the first column of padding.
  let tap = weight / params.group_channels;
  let top = tap / params.kernel_width * params.dilation_y - params.pad_top;    // wraps below 0: beyond every height
  let left = tap % params.kernel_width * params.dilation_x;
  let right = params.pad_left + params.width;
  var first = 0u;
  var end = 0u;
  if (left < params.pad_left) { first = (params.pad_left - left - 1) / stride + 1; }
  if (left < right) { end = min((right - left - 1) / stride + 1, params.out_width); }

  let x_step = stride * channels / 4;
  let dy_step = filters / 4;
  let x_first = (first * stride + left - params.pad_left) * (channels / 4)
    + (column / params.group_filters * params.group_channels + weight % params.group_channels) / 4;
  let dy_first = first * dy_step + column / 4;
  // Vectors past the last filter are held there.
  let last = (filters - column) / 4 - 1;
  let d1 = min(1, last); let d2 = min(2, last); let d3 = min(3, last);

  var s00 = mat4x4<f32>(); var s01 = mat4x4<f32>(); var s02 = mat4x4<f32>(); var s03 = mat4x4<f32>();
  var s10 = mat4x4<f32>(); var s11 = mat4x4<f32>(); var s12 = mat4x4<f32>(); var s13 = mat4x4<f32>();
  let line_end = min((part + 1) * params.lines, lines);
  for (var line = part * params.lines; line < line_end; line++) {
    let y = top + line % params.out_height * params.stride_y;
    if (y >= params.height) { continue; }
    var x_at = x_first + (line / params.out_height * params.height + y) * params.width * (channels / 4);
    var dy_at = dy_first + line * params.out_width * dy_step;
    for (var ox = first; ox < end; ox++) {
      let x0 = vec4<f32>(x[x_at]);
      let f0 = vec4<f32>(dy[dy_at]);
      s00 += outer(x0, f0);
      var f1: vec4<f32>; var f2: vec4<f32>; var f3: vec4<f32>;
      if (TN4 >= 2) { f1 = vec4<f32>(dy[dy_at + d1]); s01 += outer(x0, f1); }
      if (TN4 == 4) {
        f2 = vec4<f32>(dy[dy_at + d2]); s02 += outer(x0, f2);
        f3 = vec4<f32>(dy[dy_at + d3]); s03 += outer(x0, f3);
      }
      if (TM == 8) {
        let x1 = vec4<f32>(x[x_at + 1]);
        s10 += outer(x1, f0);
        if (TN4 >= 2) { s11 += outer(x1, f1); }
        if (TN4 == 4) { s12 += outer(x1, f2); s13 += outer(x1, f3); }
      }
      x_at += x_step;
      dy_at += dy_step;
    }
  }

  let row = part * weights + weight;
  store_block(s00, row, column);
  if (TN4 >= 2) { store_block(s01, row, column + 4); }
  if (TN4 == 4) { store_block(s02, row, column + 8); store_block(s03, row, column + 12); }
  if (TM == 8) {
    store_block(s10, row + 4, column);
    if (TN4 >= 2) { store_block(s11, row + 4, column + 4); }
    if (TN4 == 4) { store_block(s12, row + 4, column + 8); store_block(s13, row + 4, column + 12); }
  }
}
