// winogradOutput/scalar: out[b, 2·tile row + y, 2·tile column + x, f] = (Aᵀ m A)[y, x], m the tile's 16 products.
//   m: [16, batch·tiles_down·tiles_across, filters]   bias: [filters]
//   out, operand: [batch, out_height, out_width, filters]
// Grid: one invocation for four consecutive filters of a tile, 2 × 2 pixels. Accepts everything.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, out_height: u32, out_width: u32, filters: u32,
  tiles_down: u32, tiles_across: u32,
}

@group(0) @binding(0) var<storage, read> m: array<f32>;
//!optional
@group(0) @binding(1) var<storage, read> bias: array<f32>;
//!optional
@group(0) @binding(2) var<storage, read> operand: array<f32>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;
@group(0) @binding(4) var<uniform> params: Params;

// The four filters from `first` on, those past the end held at the last one.
fn four_filters(first: u32) -> vec4<u32> {
  return min(vec4(first) + vec4(0, 1, 2, 3), vec4(params.filters - 1));
}

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  let at = four_filters(column);
  return vec4(bias[at.x], bias[at.y], bias[at.z], bias[at.w]);
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  let at = four_filters(column) + row * params.filters;
  return vec4(operand[at.x], operand[at.y], operand[at.z], operand[at.w]);
}

// `row` is the pixel, numbered through the batch; `column` the first filter.
//!replace
fn epilogue(value: vec4<f32>, row: u32, column: u32) -> vec4<f32> {
  return value;
}

fn product(at: vec4<u32>) -> vec4<f32> {
  return vec4(m[at.x], m[at.y], m[at.z], m[at.w]);
}

// Row i of the tile's products, four values.
fn products(at: vec4<u32>, plane: u32) -> mat4x4<f32> {
  return mat4x4(product(at), product(at + plane), product(at + 2 * plane), product(at + 3 * plane));
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let filters = params.filters;
  let quads = (filters - 1) / 4 + 1;
  let tiles = params.batch * params.tiles_down * params.tiles_across;
  let index = flat_workgroup(group, groups) * WG + local;
  let tile = index / quads;
  let first = index % quads * 4;
  if (tile >= tiles) { return; }

  let plane = tiles * filters;
  let at = four_filters(first) + tile * filters;
  let m0 = products(at, plane);
  let m1 = products(at + 4 * plane, plane);
  let m2 = products(at + 8 * plane, plane);
  let m3 = products(at + 12 * plane, plane);
  let top = m0 + m1 + m2;
  let bottom = m1 - m2 - m3;
  var y0 = top[0] + top[1] + top[2];
  var y1 = top[1] - top[2] - top[3];
  var y2 = bottom[0] + bottom[1] + bottom[2];
  let y3 = bottom[1] - bottom[2] - bottom[3];

  let line = tile / params.tiles_across;
  let item = line / params.tiles_down;
  let y = line % params.tiles_down * 2;
  let x = tile % params.tiles_across * 2;
  let valid = min(filters - first, 4);
  // The results move up to y0: one call for each would compile the epilogue four times.
  for (var i = 0u; i < 4; i++) {
    let down = y + i / 2;
    let across = x + i % 2;
    if (down < params.out_height && across < params.out_width) {
      let pixel = (item * params.out_height + down) * params.out_width + across;
      let value = epilogue(y0, pixel, first);
      for (var j = 0u; j < valid; j++) {
        out[pixel * filters + first + j] = value[j];
      }
    }
    y0 = y1; y1 = y2; y2 = y3;
  }
}
