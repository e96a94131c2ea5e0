// conv2dFilterGradientParts/depthwise: out[p, ky, kx, 0, f] = Σ over the lines of part p of
//     x[b, oy·stride + ky·dilation − pad, …, f / multiplier] · dy[b, oy, ox, f].
//   x: [batch, height, width, channels]   dy: [batch, out_height, out_width, filters]
//   out: [parts, kernel_height, kernel_width, 1, filters]; a part has `lines` lines of dy
// Grid: one invocation for TRIPLES·3 taps of four filters of a part; filters run fastest, then taps.
// Each channel is a group by itself. Taps are taken three at a time in the order of the weights: the nine of 3 × 3 fill
// three triples, and each number of dy is read once for all of them. Where a triple is a row of a kernel that moves one
// pixel a window, the next window brings one new pixel of three. Channels are a multiple of 4.
const TRIPLES: u32 = 3;      // variant: three taps each, an invocation: 1 to 3
const SPREAD: u32 = 0;       // variant: 1 where a channel has several filters
const SLIDE: u32 = 0;        // variant: 1 where the kernel is 3 wide, with stride and dilation 1 across
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/depthwise.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32, lines: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> params: Params;

// How far three taps lie from a window's first one; those past the kernel are held at its last.
struct Triple { down: vec3<u32>, along: vec3<u32> }

fn triple(first: u32) -> Triple {
  let tap = min(vec3(first) + vec3(0, 1, 2), vec3(params.kernel_height * params.kernel_width - 1));
  return Triple(tap / params.kernel_width * params.dilation_y, tap % params.kernel_width * params.dilation_x);
}

// The lines of x under three taps, and whether they are inside the image.
struct Lines { at: vec3<u32>, along: vec3<u32>, inside: vec3<bool> }

fn lines_under(taps: Triple, top: u32, item: u32, vector: u32) -> Lines {
  let y = vec3(top) + taps.down;
  let at = (vec3(item * params.height) + y) * params.width * (params.channels / 4) + vector;
  return Lines(at, taps.along, y < vec3(params.height));
}

fn load(at: u32, column: u32, inside: bool) -> vec4<f32> {
  let there = inside && column < params.width;
  return select(vec4<f32>(), x[select(0, at + column * (params.channels / 4), there)], there);
}

// Three taps' pixels of the window that begins at `column`.
fn window(last: mat3x4<f32>, lines: Lines, column: u32) -> mat3x4<f32> {
  let newest = load(lines.at.z, column + lines.along.z, lines.inside.z);
  if (SLIDE == 1) { return mat3x4(last[1], last[2], newest); }
  return mat3x4(load(lines.at.x, column + lines.along.x, lines.inside.x),
                load(lines.at.y, column + lines.along.y, lines.inside.y), newest);
}

// What a sliding triple holds before a line's first window: its first two pixels in the last two places.
fn before(lines: Lines, column: u32) -> mat3x4<f32> {
  if (SLIDE == 0) { return mat3x4<f32>(); }
  return mat3x4(vec4<f32>(), load(lines.at.x, column + lines.along.x, lines.inside.x),
                load(lines.at.y, column + lines.along.y, lines.inside.y));
}

// The products of three taps with four filters.
fn products(pixels: mat3x4<f32>, filters: vec4<f32>, lanes: vec4<u32>) -> mat3x4<f32> {
  if (SPREAD == 0) { return mat3x4(pixels[0] * filters, pixels[1] * filters, pixels[2] * filters); }
  return mat3x4(spread(pixels[0], lanes) * filters, spread(pixels[1], lanes) * filters,
                spread(pixels[2], lanes) * filters);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vectors = params.filters / 4;
  let taps = params.kernel_height * params.kernel_width;
  let down = (taps - 1) / (TRIPLES * 3) + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  let vector = index % vectors;
  let first = index / vectors % down * TRIPLES * 3;
  let part = index / (vectors * down);
  let lines = params.batch * params.out_height;
  if (part * params.lines >= lines) { return; }

  let multiplier = params.filters / params.channels;
  let lanes = lanes_of(vector, multiplier);
  let t0 = triple(first);
  let t1 = triple(first + 3);
  let t2 = triple(first + 6);
  var s0 = mat3x4<f32>(); var s1 = mat3x4<f32>(); var s2 = mat3x4<f32>();
  let line_end = min((part + 1) * params.lines, lines);
  let out_width = loop_bound(params.out_width, groups);
  for (var line = part * params.lines; line < line_end; line++) {
    // A window's first tap; it wraps below 0, which is beyond every size.
    let top = line % params.out_height * params.stride_y - params.pad_top;
    var column = 0 - params.pad_left;
    let item = line / params.out_height;
    let l0 = lines_under(t0, top, item, vector / multiplier);
    let l1 = lines_under(t1, top, item, vector / multiplier);
    let l2 = lines_under(t2, top, item, vector / multiplier);
    var x0 = before(l0, column);
    var x1: mat3x4<f32>; var x2: mat3x4<f32>;
    if (TRIPLES >= 2) { x1 = before(l1, column); }
    if (TRIPLES == 3) { x2 = before(l2, column); }
    var dy_at = line * params.out_width * vectors + vector;
    for (var ox = out_width; ox > 0; ox--) {
      let filters = dy[dy_at];
      x0 = window(x0, l0, column);
      s0 += products(x0, filters, lanes);
      if (TRIPLES >= 2) { x1 = window(x1, l1, column); s1 += products(x1, filters, lanes); }
      if (TRIPLES == 3) { x2 = window(x2, l2, column); s2 += products(x2, filters, lanes); }
      column += params.stride_x;
      dy_at += vectors;
    }
  }

  // The sums move up to s0 triple by triple: an indexed array would go through memory.
  var tap = first;
  for (var i = 0u; i < TRIPLES; i++) {
    let at = (part * taps + tap) * vectors + vector;
    if (tap < taps) { out[at] = s0[0]; }
    if (tap + 1 < taps) { out[at + vectors] = s0[1]; }
    if (tap + 2 < taps) { out[at + 2 * vectors] = s0[2]; }
    s0 = s1; s1 = s2;
    tap += 3;
  }
}
