// normaliseSums/vec4: plain[p, c] = Σ dy, weighted[p, c] = Σ dy · (x − mean) · inverse, over each part's rows.
//   dy, x: [parts · length, channels], channels a multiple of 4   plain, weighted: [parts, channels]
//   Statistics of columns: mean: [items, 2, channels], inverse: [items, 1, channels], item_parts parts an item.
//   Statistics of rows (BY_ROW = 1): mean: [parts · length, 2], inverse: [parts · length].
// Grid: one invocation for four channels of a part, its rows in order in two partial sums each.
const WG: u32 = 64;          // variant: invocations a workgroup
const BY_ROW: u32 = 0;       // variant: 1 where each row has statistics of its own

//!include lib/grid.wgsl

struct Params { parts: u32, length: u32, channels: u32, item_parts: u32 }

alias DyVector = vec4<f32>;  // storage: f32 or f16
alias XVector = vec4<f32>;   // storage: f32 or f16

@group(0) @binding(0) var<storage, read> dy: array<DyVector>;
@group(0) @binding(1) var<storage, read> x: array<XVector>;
@group(0) @binding(2) var<storage, read> mean: array<f32>;
@group(0) @binding(3) var<storage, read> inverse: array<f32>;
@group(0) @binding(4) var<storage, read_write> plain: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> weighted: array<vec4<f32>>;
@group(0) @binding(6) var<uniform> params: Params;

fn load_dy(at: u32) -> vec4<f32> { return vec4<f32>(dy[at]); }
fn load_x(at: u32) -> vec4<f32> { return vec4<f32>(x[at]); }

fn four_of_mean(at: u32) -> vec4<f32> { return vec4(mean[at], mean[at + 1], mean[at + 2], mean[at + 3]); }

// The element less its mean, and for statistics of rows times the row's factor.
fn centred(at: u32, row: u32, origin: vec4<f32>, distance: vec4<f32>) -> vec4<f32> {
  if (BY_ROW == 1) { return ((load_x(at) - mean[2 * row]) - mean[2 * row + 1]) * inverse[row]; }
  return (load_x(at) - origin) - distance;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vectors = params.channels / 4;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.parts * vectors) { return; }
  let part = index / vectors;
  let column = index % vectors;
  let item = part / params.item_parts;
  var origin = vec4<f32>(); var distance = vec4<f32>(); var factor = vec4<f32>(1);
  if (BY_ROW == 0) {
    origin = four_of_mean(2 * item * params.channels + 4 * column);
    distance = four_of_mean((2 * item + 1) * params.channels + 4 * column);
    let at = item * params.channels + 4 * column;
    factor = vec4(inverse[at], inverse[at + 1], inverse[at + 2], inverse[at + 3]);
  }
  var row = part * params.length;
  var at = row * vectors + column;
  var p0 = vec4<f32>(); var p1 = vec4<f32>(); var w0 = vec4<f32>(); var w1 = vec4<f32>();
  for (var i = loop_bound(params.length / 2, groups); i > 0; i--) {
    let a = load_dy(at);
    let b = load_dy(at + vectors);
    p0 += a;
    p1 += b;
    w0 += a * centred(at, row, origin, distance);
    w1 += b * centred(at + vectors, row + 1, origin, distance);
    at += 2 * vectors;
    row += 2;
  }
  if (params.length % 2 == 1) {
    p0 += load_dy(at);
    w0 += load_dy(at) * centred(at, row, origin, distance);
  }
  plain[index] = p0 + p1;
  weighted[index] = (w0 + w1) * factor;
}
