// winogradInputGradient/scalar: the adjoint of winogradInput: out[b, y, x, c] = Σ (B dv Bᵀ)[y − 2·tile row, x − 2·tile
//   column] over the tiles that cover the pixel.
//   dv: [16, batch·tiles_down·tiles_across, channels]   out: [batch, height, width, channels]
// Grid: one invocation for a channel of RUN × 2 pixels by 2, in pairs of columns that share their tiles with the next
// pair. It gathers in a fixed order, so no atomics. Accepts everything.
const RUN: u32 = 1;          // variant: pairs of columns an invocation
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  tiles_down: u32, tiles_across: u32, pad_top: u32, pad_left: u32,
}

@group(0) @binding(0) var<storage, read> dv: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

// Row i of a tile's transform, four values.
fn row(at: u32, plane: u32) -> vec4<f32> {
  return vec4(dv[at], dv[at + plane], dv[at + 2 * plane], dv[at + 3 * plane]);
}

// Two rows of pixels before the columns are transformed.
struct Rows { top: vec4<f32>, bottom: vec4<f32> }

// What the tile that begins at the pixels' row and the one above it, which ends there, give.
fn rows(first: u32, down: u32, across: u32, channel: u32, plane: u32) -> Rows {
  var sum = Rows();
  if (across >= params.tiles_across) { return sum; }
  let channels = params.channels;
  let at = ((first + down) * params.tiles_across + across) * channels + channel;
  if (down < params.tiles_down) {
    sum.top = row(at, plane);
    sum.bottom = row(at + 4 * plane, plane) - row(at + 8 * plane, plane) + row(at + 12 * plane, plane);
  }
  if (down - 1 < params.tiles_down) {             // 0 wraps to beyond
    let above = at - params.tiles_across * channels;
    sum.top += row(above + 4 * plane, plane) + row(above + 8 * plane, plane) - row(above, plane);
    sum.bottom -= row(above + 12 * plane, plane);
  }
  return sum;
}

// Of the tile that begins at the pixels' column and the one before it.
fn left_pixel(own: vec4<f32>, before: vec4<f32>) -> f32 {
  return own[0] + (before[1] + before[2] - before[0]);
}

fn right_pixel(own: vec4<f32>, before: vec4<f32>) -> f32 {
  return own[1] - own[2] + own[3] - before[3];
}

fn store(value: f32, item: u32, y: u32, x: u32, channel: u32) {
  if (y >= params.height || x >= params.width) { return; }
  out[((item * params.height + y) * params.width + x) * params.channels + channel] = value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels;
  // Pairs of rows and of columns of the padded image, from the first that touches the image to the last.
  let first_down = params.pad_top / 2;
  let first_across = params.pad_left / 2;
  let pairs_down = (params.pad_top + params.height - 1) / 2 - first_down + 1;
  let pairs_across = (params.pad_left + params.width - 1) / 2 - first_across + 1;
  let runs = (pairs_across - 1) / RUN + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.batch * pairs_down * runs * channels) { return; }

  let channel = index % channels;
  let run = index / channels;
  let line = run / runs;
  let item = line / pairs_down;
  let down = line % pairs_down + first_down;
  let across = run % runs * RUN + first_across;
  let plane = params.batch * params.tiles_down * params.tiles_across * channels;
  let y = 2 * down - params.pad_top;              // may wrap below 0, beyond every height
  // The first tile is the one before the run, of which nothing is stored: one call of `rows` compiles once.
  var before = Rows();
  for (var i = 0u; i <= RUN; i++) {
    let own = rows(item * params.tiles_down, down, across + i - 1, channel, plane);
    if (i > 0) {
      let x = 2 * (across + i - 1) - params.pad_left;
      store(left_pixel(own.top, before.top), item, y, x, channel);
      store(right_pixel(own.top, before.top), item, y, x + 1, channel);
      store(left_pixel(own.bottom, before.bottom), item, y + 1, x, channel);
      store(right_pixel(own.bottom, before.bottom), item, y + 1, x + 1, channel);
    }
    before = own;
  }
}
