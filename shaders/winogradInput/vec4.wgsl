// winogradInput/vec4: out[4i + j, tile, c] = (Bᵀ d B)[i, j], d the tile's 4 × 4 pixels of x, 0 outside the image.
//   x: [batch, height, width, channels]   out: [16, batch·tiles_down·tiles_across, channels]
// Grid: one invocation for four channels of a tile; they are a multiple of 4 and move as a whole vector.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  tiles_down: u32, tiles_across: u32, pad_top: u32, pad_left: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> params: Params;

// Bᵀ times one column of pixels: four rows as a matrix's columns. `lines` is where the rows of pixels begin.
fn column(lines: vec4<u32>, inside: vec4<bool>, across: u32, channel: u32) -> mat4x4<f32> {
  let valid = inside & vec4(across < params.width);
  let at = select(vec4<u32>(), (lines + across) * (params.channels / 4) + channel, valid);
  let none = vec4<f32>();
  let d0 = select(none, x[at.x], valid.x);
  let d1 = select(none, x[at.y], valid.y);
  let d2 = select(none, x[at.z], valid.z);
  let d3 = select(none, x[at.w], valid.w);
  return mat4x4(d0 - d2, d1 + d2, d2 - d1, d1 - d3);
}

fn store(at: u32, plane: u32, v0: vec4<f32>, v1: vec4<f32>, v2: vec4<f32>, v3: vec4<f32>) {
  out[at] = v0;
  out[at + plane] = v1;
  out[at + 2 * plane] = v2;
  out[at + 3 * plane] = v3;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels / 4;
  let plane = params.batch * params.tiles_down * params.tiles_across * channels;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= plane) { return; }

  let tile = index / channels;
  let channel = index % channels;
  let line = tile / params.tiles_across;
  let item = line / params.tiles_down;
  let left = tile % params.tiles_across * 2 - params.pad_left;    // wraps below 0: beyond every width
  let rows = vec4(line % params.tiles_down * 2 - params.pad_top) + vec4(0, 1, 2, 3);
  let inside = rows < vec4(params.height);
  let lines = (item * params.height + rows) * params.width;

  let w0 = column(lines, inside, left, channel);
  let w1 = column(lines, inside, left + 1, channel);
  let w2 = column(lines, inside, left + 2, channel);
  let w3 = column(lines, inside, left + 3, channel);
  let v0 = w0 - w2;
  let v1 = w1 + w2;
  let v2 = w2 - w1;
  let v3 = w1 - w3;
  store(index, plane, v0[0], v1[0], v2[0], v3[0]);
  store(index + 4 * plane, plane, v0[1], v1[1], v2[1], v3[1]);
  store(index + 8 * plane, plane, v0[2], v1[2], v2[2], v3[2]);
  store(index + 12 * plane, plane, v0[3], v1[3], v2[3], v3[3]);
}
