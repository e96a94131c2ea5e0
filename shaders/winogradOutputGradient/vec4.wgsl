// winogradOutputGradient/vec4: the adjoint of winogradOutput: out[4i + j, tile, f] = (A dy Aᵀ)[i, j], dy the tile's 2 × 2
//   pixels, 0 past the last row and column.
//   dy: [batch, out_height, out_width, filters]   out: [16, batch·tiles_down·tiles_across, filters]
// Grid: one invocation for four filters of a tile; they are a multiple of 4 and move as a whole vector.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, out_height: u32, out_width: u32, filters: u32,
  tiles_down: u32, tiles_across: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> params: Params;

fn store(at: u32, plane: u32, left: vec4<f32>, right: vec4<f32>) {
  out[at] = left;
  out[at + plane] = left + right;
  out[at + 2 * plane] = left - right;
  out[at + 3 * plane] = -right;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let filters = params.filters / 4;
  let plane = params.batch * params.tiles_down * params.tiles_across * filters;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= plane) { return; }

  let tile = index / filters;
  let line = tile / params.tiles_across;
  let item = line / params.tiles_down;
  let y = line % params.tiles_down * 2;
  let x = tile % params.tiles_across * 2;
  let below = y + 1 < params.out_height;
  let beside = x + 1 < params.out_width;
  let at = ((item * params.out_height + y) * params.out_width + x) * filters + index % filters;
  let right = select(0, filters, beside);         // stays at the pixel where there is no other
  let down = select(0, params.out_width * filters, below);
  let none = vec4<f32>();
  let a = dy[at];
  let b = select(none, dy[at + right], beside);
  let c = select(none, dy[at + down], below);
  let d = select(none, dy[at + down + right], beside && below);
  store(index, plane, a, b);
  store(index + 4 * plane, plane, a + c, b + d);
  store(index + 8 * plane, plane, a - c, b - d);
  store(index + 12 * plane, plane, -c, -d);
}
