// conv2dFilterGradientParts/few_channels: out[p, ky, kx, c, f] = Σ over the lines of part p of
//     x[b, oy·stride + ky·dilation − pad, …, c] · dy[b, oy, ox, f].
//   x: [batch, height, width, channels]   dy: [batch, out_height, out_width, filters]
//   out: [parts, kernel_height, kernel_width, channels, filters]; a part has `lines` lines of dy
// Grid: one invocation for TRIPLES·3 weights by TN4·4 filters of a part; filter tiles run fastest, then weight tiles.
// Weights are taken three at a time, whatever taps and channels they are: one channel by 3 × 3 fills three triples. Where
// a triple is a row of such a kernel that moves one pixel a window, the next window brings one new number of three.
// Filters are a multiple of 4.
const TRIPLES: u32 = 3;      // variant: three weights each, an invocation: 1 to 3
const TN4: u32 = 2;          // variant: vectors of four filters an invocation: 1, 2 or 4
const SLIDE: u32 = 0;        // variant: 1 where the kernel is 3 wide, over one channel, with stride and dilation 1
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32, lines: u32,
}

alias XElement = f32;         // storage: f32 or f16
alias DyVector = vec4<f32>;   // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read> dy: array<DyVector>;
@group(0) @binding(2) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(3) var<uniform> params: Params;

// Three weights: how far their taps lie from a window's first tap, and where their pixels lie in storage.
struct Triple { down: vec3<u32>, along: vec3<u32>, at: vec3<u32> }

fn triple(first: u32, weights: u32) -> Triple {
  let weight = min(vec3(first) + vec3(0, 1, 2), vec3(weights - 1));
  let tap = weight / params.channels;
  let down = tap / params.kernel_width * params.dilation_y;
  let along = tap % params.kernel_width * params.dilation_x;
  return Triple(down, along, (down * params.width + along) * params.channels + weight % params.channels);
}

// Taps above or below the image are beyond every width.
fn along_line(taps: Triple, y: u32) -> vec3<u32> {
  return select(vec3(0x40000000u), taps.along, vec3(y) + taps.down < vec3(params.height));
}

fn inside(along: vec3<u32>, column: u32) -> vec3<bool> {
  return vec3(column) + along < vec3(params.width);
}

// The image under three taps of a window, 0 outside of it; `last` holds what it was for the window before.
fn load(last: vec3<f32>, along: vec3<u32>, column: u32, at: vec3<u32>) -> vec3<f32> {
  if (SLIDE == 1) {
    let there = column + along.z < params.width;
    return vec3(last.yz, select(f32(), f32(x[select(0, at.z, there)]), there));
  }
  let there = inside(along, column);
  let places = select(vec3<u32>(), at, there);
  return select(vec3<f32>(), vec3(f32(x[places.x]), f32(x[places.y]), f32(x[places.z])), there);
}

// What a sliding triple holds before a line's first window: its first two numbers in the last two places.
fn before(along: vec3<u32>, column: u32, at: vec3<u32>) -> vec3<f32> {
  if (SLIDE == 0) { return vec3<f32>(); }
  let there = inside(along, column).xy;
  let places = select(vec2<u32>(), at.xy, there);
  return vec3(0, select(vec2<f32>(), vec2(f32(x[places.x]), f32(x[places.y])), there));
}

fn outer(rows: vec3<f32>, columns: vec4<f32>) -> mat3x4<f32> {
  return mat3x4(columns * rows.x, columns * rows.y, columns * rows.z);
}

fn store(sum: vec4<f32>, part: u32, weight: u32, column: u32) {
  let weights = params.kernel_height * params.kernel_width * params.channels;
  if (weight >= weights || column >= params.filters) { return; }
  out[((part * weights + weight) * params.filters + column) / 4] = OutVector(sum);
}

fn store_block(sums: mat3x4<f32>, part: u32, weight: u32, column: u32) {
  store(sums[0], part, weight, column);
  store(sums[1], part, weight + 1, column);
  store(sums[2], part, weight + 2, column);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels;
  let filters = params.filters;
  let weights = params.kernel_height * params.kernel_width * channels;
  let across = (filters - 1) / (TN4 * 4) + 1;
  let down = (weights - 1) / (TRIPLES * 3) + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  let part = index / (across * down);
  let weight = index / across % down * TRIPLES * 3;
  let column = index % across * TN4 * 4;
  let lines = params.batch * params.out_height;
  if (part * params.lines >= lines) { return; }

  let t0 = triple(weight, weights);
  let t1 = triple(weight + 3, weights);
  let t2 = triple(weight + 6, weights);
  let quads = filters / 4;
  // Vectors past the last filter are held there.
  let last = (filters - column) / 4 - 1;
  let d1 = min(1, last); let d2 = min(2, last); let d3 = min(3, last);
  let step = params.stride_x * channels;

  var s00 = mat3x4<f32>(); var s01 = mat3x4<f32>(); var s02 = mat3x4<f32>(); var s03 = mat3x4<f32>();
  var s10 = mat3x4<f32>(); var s11 = mat3x4<f32>(); var s12 = mat3x4<f32>(); var s13 = mat3x4<f32>();
  var s20 = mat3x4<f32>(); var s21 = mat3x4<f32>(); var s22 = mat3x4<f32>(); var s23 = mat3x4<f32>();
  let line_end = min((part + 1) * params.lines, lines);
  let out_width = loop_bound(params.out_width, groups);
  for (var line = part * params.lines; line < line_end; line++) {
    // A window's first tap; it wraps below 0, which is beyond every size.
    let y = line % params.out_height * params.stride_y - params.pad_top;
    var start = 0 - params.pad_left;
    var at = ((line / params.out_height * params.height + y) * params.width + start) * channels;
    let along0 = along_line(t0, y);
    let along1 = along_line(t1, y);
    let along2 = along_line(t2, y);
    var x0 = before(along0, start, at + t0.at);
    var x1 = before(along1, start, at + t1.at);
    var x2 = before(along2, start, at + t2.at);
    var dy_at = line * params.out_width * quads + column / 4;
    for (var ox = out_width; ox > 0; ox--) {
      let f0 = vec4<f32>(dy[dy_at]);
      var f1: vec4<f32>; var f2: vec4<f32>; var f3: vec4<f32>;
      if (TN4 >= 2) { f1 = vec4<f32>(dy[dy_at + d1]); }
      if (TN4 == 4) { f2 = vec4<f32>(dy[dy_at + d2]); f3 = vec4<f32>(dy[dy_at + d3]); }
      x0 = load(x0, along0, start, at + t0.at);
      s00 += outer(x0, f0);
      if (TN4 >= 2) { s01 += outer(x0, f1); }
      if (TN4 == 4) { s02 += outer(x0, f2); s03 += outer(x0, f3); }
      if (TRIPLES >= 2) {
        x1 = load(x1, along1, start, at + t1.at);
        s10 += outer(x1, f0);
        if (TN4 >= 2) { s11 += outer(x1, f1); }
        if (TN4 == 4) { s12 += outer(x1, f2); s13 += outer(x1, f3); }
      }
      if (TRIPLES == 3) {
        x2 = load(x2, along2, start, at + t2.at);
        s20 += outer(x2, f0);
        if (TN4 >= 2) { s21 += outer(x2, f1); }
        if (TN4 == 4) { s22 += outer(x2, f2); s23 += outer(x2, f3); }
      }
      start += params.stride_x;
      at += step;
      dy_at += quads;
    }
  }

  // The sums move up to s00 block by block: an indexed array would go through memory.
  for (var i = 0u; i < TRIPLES; i++) {
    for (var j = 0u; j < TN4; j++) {
      store_block(s00, part, weight + 3 * i, column + 4 * j);
      s00 = s01; s01 = s02; s02 = s03;
    }
    s00 = s10; s01 = s11; s02 = s12; s03 = s13;
    s10 = s20; s11 = s21; s12 = s22; s13 = s23;
  }
}
