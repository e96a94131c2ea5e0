// winogradOutput/vec4: out[b, 2·tile row + y, 2·tile column + x, f] = (Aᵀ m A)[y, x], m the tile's 16 products.
//   m: [16, batch·tiles_down·tiles_across, filters]   bias: [filters]
//   out, operand: [batch, out_height, out_width, filters]
// Grid: one invocation for four filters of a tile, 2 × 2 pixels; filters are a multiple of 4 and move as whole vectors.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, out_height: u32, out_width: u32, filters: u32,
  tiles_down: u32, tiles_across: u32,
}

@group(0) @binding(0) var<storage, read> m: array<vec4<f32>>;
//!optional
@group(0) @binding(1) var<storage, read> bias: array<vec4<f32>>;
//!optional
@group(0) @binding(2) var<storage, read> operand: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> params: Params;

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  return bias[column / 4];
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  return operand[(row * params.filters + column) / 4];
}

// `row` is the pixel, numbered through the batch; `column` the first filter.
//!replace
fn epilogue(value: vec4<f32>, row: u32, column: u32) -> vec4<f32> {
  return value;
}

// Row i of the tile's products, four values.
fn products(at: u32, plane: u32) -> mat4x4<f32> {
  return mat4x4(m[at], m[at + plane], m[at + 2 * plane], m[at + 3 * plane]);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let filters = params.filters / 4;
  let plane = params.batch * params.tiles_down * params.tiles_across * filters;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= plane) { return; }

  let m0 = products(index, plane);
  let m1 = products(index + 4 * plane, plane);
  let m2 = products(index + 8 * plane, plane);
  let m3 = products(index + 12 * plane, plane);
  let top = m0 + m1 + m2;
  let bottom = m1 - m2 - m3;
  var y0 = top[0] + top[1] + top[2];
  var y1 = top[1] - top[2] - top[3];
  var y2 = bottom[0] + bottom[1] + bottom[2];
  let y3 = bottom[1] - bottom[2] - bottom[3];

  let tile = index / filters;
  let quad = index % filters;
  let line = tile / params.tiles_across;
  let item = line / params.tiles_down;
  let y = line % params.tiles_down * 2;
  let x = tile % params.tiles_across * 2;
  // The results move up to y0: one call for each would compile the epilogue four times.
  for (var i = 0u; i < 4; i++) {
    let down = y + i / 2;
    let across = x + i % 2;
    if (down < params.out_height && across < params.out_width) {
      let pixel = (item * params.out_height + down) * params.out_width + across;
      out[pixel * filters + quad] = epilogue(y0, pixel, quad * 4);
    }
    y0 = y1; y1 = y2; y2 = y3;
  }
}
