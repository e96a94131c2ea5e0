// normaliseSums/scalar: plain[p, c] = Σ dy, weighted[p, c] = Σ dy · (x − mean) · inverse, over each part's rows.
//   dy, x: [parts · length, channels]   plain, weighted: [parts, channels]
//   Statistics of columns: mean: [items, 2, channels], inverse: [items, 1, channels], item_parts parts an item.
//   Statistics of rows (BY_ROW = 1): mean: [parts · length, 2], inverse: [parts · length].
// Grid: one invocation for a channel of a part, its rows in order in two partial sums each.
const WG: u32 = 64;          // variant: invocations a workgroup
const BY_ROW: u32 = 0;       // variant: 1 where each row has statistics of its own

//!include lib/grid.wgsl

struct Params { parts: u32, length: u32, channels: u32, item_parts: u32 }

alias DyElement = f32;  // storage: f32 or f16
alias XElement = f32;   // storage: f32 or f16

@group(0) @binding(0) var<storage, read> dy: array<DyElement>;
@group(0) @binding(1) var<storage, read> x: array<XElement>;
@group(0) @binding(2) var<storage, read> mean: array<f32>;
@group(0) @binding(3) var<storage, read> inverse: array<f32>;
@group(0) @binding(4) var<storage, read_write> plain: array<f32>;
@group(0) @binding(5) var<storage, read_write> weighted: array<f32>;
@group(0) @binding(6) var<uniform> params: Params;

fn load_dy(at: u32) -> f32 { return f32(dy[at]); }
fn load_x(at: u32) -> f32 { return f32(x[at]); }

// The element less its mean, and for statistics of rows times the row's factor.
fn centred(at: u32, row: u32, origin: f32, distance: f32) -> f32 {
  if (BY_ROW == 1) { return ((load_x(at) - mean[2 * row]) - mean[2 * row + 1]) * inverse[row]; }
  return (load_x(at) - origin) - distance;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.parts * channels) { return; }
  let part = index / channels;
  let column = index % channels;
  let item = part / params.item_parts;
  var origin = 0f; var distance = 0f; var factor = 1f;
  if (BY_ROW == 0) {
    origin = mean[2 * item * channels + column];
    distance = mean[(2 * item + 1) * channels + column];
    factor = inverse[item * channels + column];
  }
  var row = part * params.length;
  var at = row * channels + column;
  var p = vec2<f32>(); var w = vec2<f32>();
  for (var i = loop_bound(params.length / 2, groups); i > 0; i--) {
    let two = vec2(load_dy(at), load_dy(at + channels));
    p += two;
    w += two * vec2(centred(at, row, origin, distance), centred(at + channels, row + 1, origin, distance));
    at += 2 * channels;
    row += 2;
  }
  if (params.length % 2 == 1) {
    p.x += load_dy(at);
    w.x += load_dy(at) * centred(at, row, origin, distance);
  }
  plain[index] = p.x + p.y;
  weighted[index] = (w.x + w.y) * factor;
}
