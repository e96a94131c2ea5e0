// move/swap_workgroup: as `move/swap_vec4`, of any sizes: out[…, a, …, b] = x[…, b, …, a]; strides count elements.
// Grid: one workgroup a tile of 32 along a by 32 along b, turned in workgroup memory, so that neighbours read and write
// neighbours. A line of the tile has 33 places: lines of 32 would hit one bank.
const WG: u32 = 256;         // variant: invocations a workgroup, a multiple of 32

//!include lib/grid.wgsl

// Of the up to four other axes, first to last: sizes and strides in x and in the output.
struct Params {
  tiles: u32, size_a: u32, size_b: u32, x_stride_b: u32, out_stride_a: u32,
  size1: u32, size2: u32, size3: u32,
  x_stride0: u32, x_stride1: u32, x_stride2: u32, x_stride3: u32,
  out_stride0: u32, out_stride1: u32, out_stride2: u32, out_stride3: u32,
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;
@group(0) @binding(2) var<uniform> params: Params;

var<workgroup> tile: array<u32, 32 * 33>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups);
  if (index >= params.tiles) { return; }
  let tiles_a = (params.size_a + 31) / 32;
  let tiles_b = (params.size_b + 31) / 32;
  let lines = index / tiles_a;
  let first_a = (index - lines * tiles_a) * 32;
  let i3 = lines / tiles_b;
  let first_b = (lines - i3 * tiles_b) * 32;
  let i2 = i3 / params.size3;
  let i1 = i2 / params.size2;
  let i0 = i1 / params.size1;
  let others = vec4<u32>(i0, i1 - i0 * params.size1, i2 - i1 * params.size2, i3 - i2 * params.size3);
  let x_others = others * vec4<u32>(params.x_stride0, params.x_stride1, params.x_stride2, params.x_stride3);
  let out_others = others * vec4<u32>(params.out_stride0, params.out_stride1, params.out_stride2, params.out_stride3);
  let column = local % 32;
  let a = first_a + column;
  let begin = x_others.x + x_others.y + x_others.z + x_others.w + a;
  for (var row = local / 32; row < 32; row += WG / 32) {
    let b = first_b + row;
    if (a < params.size_a && b < params.size_b) { tile[row * 33 + column] = x[begin + b * params.x_stride_b]; }
  }
  workgroupBarrier();
  let b = first_b + column;
  let to = out_others.x + out_others.y + out_others.z + out_others.w + b;
  for (var row = local / 32; row < 32; row += WG / 32) {
    let a = first_a + row;
    if (a < params.size_a && b < params.size_b) { out[to + a * params.out_stride_a] = tile[column * 33 + row]; }
  }
}
