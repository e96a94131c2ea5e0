// move/swap_vec4: out[…, a, …, b] = x[…, b, …, a]: the last axis of the output, b, and the last of x, a, are two. Sizes of
// both are multiples of 4, strides count vectors.
// Grid: one invocation a block of 4 along a by 4 along b, turned in registers: whole vectors in and out. A workgroup's
// blocks make a tile of TILE_A by 64 / TILE_A, so that lines of memory are used up while they are at hand.
const OTHERS: u32 = 4;       // variant: other axes of more than one element: at most 1, or up to 4
const TILE_A: u32 = 8;       // variant: blocks along a of a workgroup, a divisor of 64

//!include lib/grid.wgsl

const WG: u32 = 64;
const TILE_B: u32 = WG / TILE_A;

// Of the up to four other axes, first to last: sizes and strides in x and in the output.
struct Params {
  tiles: u32, blocks_a: u32, blocks_b: u32, x_stride_b: u32, out_stride_a: u32,
  size1: u32, size2: u32, size3: u32,
  x_stride0: u32, x_stride1: u32, x_stride2: u32, x_stride3: u32,
  out_stride0: u32, out_stride1: u32, out_stride2: u32, out_stride3: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let tile = flat_workgroup(group, groups);
  if (tile >= params.tiles) { return; }
  let tiles_a = (params.blocks_a + TILE_A - 1) / TILE_A;
  let tiles_b = (params.blocks_b + TILE_B - 1) / TILE_B;
  let lines = tile / tiles_a;
  let i3 = lines / tiles_b;
  let a = (tile - lines * tiles_a) * TILE_A + local % TILE_A;
  let b = (lines - i3 * tiles_b) * TILE_B + local / TILE_A;
  if (a >= params.blocks_a || b >= params.blocks_b) { return; }
  var begin = 4 * b * params.x_stride_b + a;
  var to = 4 * a * params.out_stride_a + b;
  if (OTHERS <= 1) {
    begin += i3 * params.x_stride3;
    to += i3 * params.out_stride3;
  } else {
    let i2 = i3 / params.size3;
    let i1 = i2 / params.size2;
    let i0 = i1 / params.size1;
    let others = vec4<u32>(i0, i1 - i0 * params.size1, i2 - i1 * params.size2, i3 - i2 * params.size3);
    let x_others = others * vec4<u32>(params.x_stride0, params.x_stride1, params.x_stride2, params.x_stride3);
    let out_others = others * vec4<u32>(params.out_stride0, params.out_stride1, params.out_stride2, params.out_stride3);
    begin += x_others.x + x_others.y + x_others.z + x_others.w;
    to += out_others.x + out_others.y + out_others.z + out_others.w;
  }
  let b0 = x[begin];
  let b1 = x[begin + params.x_stride_b];
  let b2 = x[begin + 2 * params.x_stride_b];
  let b3 = x[begin + 3 * params.x_stride_b];
  out[to] = vec4<u32>(b0.x, b1.x, b2.x, b3.x);
  out[to + params.out_stride_a] = vec4<u32>(b0.y, b1.y, b2.y, b3.y);
  out[to + 2 * params.out_stride_a] = vec4<u32>(b0.z, b1.z, b2.z, b3.z);
  out[to + 3 * params.out_stride_a] = vec4<u32>(b0.w, b1.w, b2.w, b3.w);
}
