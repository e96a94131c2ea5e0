// padBorderGradient/scalar: out[o, i, c] = Σ dy[o, j, c] over the places j that a border along one axis filled from i.
// dy: [outer, size, inner]   out: [outer, count, inner]
// Grid: one invocation an element of the output: it gathers, in a fixed order.
const MODE: u32 = 0;         // variant: 0 reflect, 1 edge, 2 wrap
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/border.wgsl

struct Params { outer: u32, count: u32, size: u32, inner: u32, start: u32 }

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.outer * params.count * params.inner) { return; }
  let line = index / params.inner;
  let outer = line / params.count;
  let i = line - outer * params.count;
  let first = outer * params.size * params.inner + index - line * params.inner;
  // In the middle stands the element itself, and where the border wraps each `count` places once more.
  var begin = i + params.start;
  var to = begin;
  if (MODE == EDGE && i == 0) { begin = 0; }
  if (MODE == EDGE && i == params.count - 1) { to = params.size - 1; }
  if (MODE == WRAP) {
    begin = begin % params.count;
    to = loop_bound(params.size, groups) - 1;
  }
  let step = select(1, params.count, MODE == WRAP);
  var sum = f32();
  for (var at = begin; at <= to; at += step) { sum += dy[first + at * params.inner]; }
  if (MODE == REFLECT) {
    if (i > 0 && i <= params.start) { sum += dy[first + (params.start - i) * params.inner]; }
    let after = params.start + 2 * (params.count - 1) - i;
    if (i + 1 < params.count && after < params.size) { sum += dy[first + after * params.inner]; }
  }
  out[index] = sum;
}
