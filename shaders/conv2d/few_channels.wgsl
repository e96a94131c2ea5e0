// conv2d/few_channels: out[b, oy, ox, f] = Σ x[b, oy·stride_y + ky·dilation_y − pad, ox + kx − pad, c]
//   · weights[ky, kx, c, f].
//   x: [batch, height, width, channels]   weights: [kernel_height, 3, channels, filters]
//   out, operand: [batch, out_height, out_width, filters]   bias: [filters]
// Grid: one invocation for eight neighbouring pixels of a line by eight filters; filters run fastest.
// The ten pixels of a line that eight windows share are read once and serve all three taps: with few channels, pixels
// are most of what is read. Kernels are 3 wide, stride and dilation across are 1, filters are whole vectors.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/blocks.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32,
}

alias XElement = f32;             // storage: f32 or f16
alias WeightsVector = vec4<f32>;  // storage: f32 or f16
alias BiasVector = vec4<f32>;     // storage: f32 or f16
alias OperandVector = vec4<f32>;  // storage: f32 or f16
alias OutVector = vec4<f32>;      // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read> weights: array<WeightsVector>;
//!optional
@group(0) @binding(2) var<storage, read> bias: array<BiasVector>;
//!optional
@group(0) @binding(3) var<storage, read> operand: array<OperandVector>;
@group(0) @binding(4) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(5) var<uniform> params: Params;

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  return vec4<f32>(bias[column / 4]);
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  return vec4<f32>(operand[(row * params.filters + column) / 4]);
}

// `row` is the pixel, numbered through the batch; `column` the first filter.
//!replace
fn epilogue(value: vec4<f32>, row: u32, column: u32) -> vec4<f32> {
  return value;
}

fn gather_x(at: vec4<u32>, inside: vec4<bool>) -> vec4<f32> {
  return select(vec4<f32>(), vec4<f32>(vec4(x[at.x], x[at.y], x[at.z], x[at.w])), inside);
}

fn store(sum: vec4<f32>, row: u32, end: u32, vector: u32) {
  let vectors = params.filters / 4;
  if (row >= end || vector >= vectors) { return; }
  out[row * vectors + vector] = OutVector(epilogue(sum, row, vector * 4));
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vectors = params.filters / 4;
  let tiles = (vectors - 1) / 2 + 1;
  let runs = (params.out_width - 1) / 8 + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  let run = index / tiles;
  let line = run / runs;                        // of the result, numbered through the batch
  if (line >= params.batch * params.out_height) { return; }
  let first = run % runs * 8;
  let f0 = index % tiles * 2;
  let f1 = min(f0 + 1, vectors - 1);

  // Coordinates before the image wrap to beyond it.
  let item = line / params.out_height;
  let top = line % params.out_height * params.stride_y - params.pad_top;
  let left = first - params.pad_left;
  let columns0 = left + vec4<u32>(0, 1, 2, 3);
  let columns1 = left + vec4<u32>(4, 5, 6, 7);
  let columns2 = left + vec4<u32>(8, 9, 9, 9);
  let inside0 = columns0 < vec4(params.width);
  let inside1 = columns1 < vec4(params.width);
  let inside2 = columns2 < vec4(params.width);
  let at0 = select(vec4<u32>(), columns0 * params.channels, inside0);
  let at1 = select(vec4<u32>(), columns1 * params.channels, inside1);
  let at2 = select(vec4<u32>(), columns2 * params.channels, inside2);

  let tap = params.channels * vectors;
  let kernel_height = loop_bound(params.kernel_height, groups);
  let channels = loop_bound(params.channels, groups);
  var s00 = mat4x4<f32>(); var s01 = mat4x4<f32>();
  var s10 = mat4x4<f32>(); var s11 = mat4x4<f32>();
  for (var ky = 0u; ky < kernel_height; ky++) {
    let y = top + ky * params.dilation_y;
    if (y >= params.height) { continue; }
    let start = (item * params.height + y) * params.width * params.channels;
    for (var channel = 0u; channel < channels; channel++) {
      let base = start + channel;
      let x0 = gather_x(base + at0, inside0);
      let x1 = gather_x(base + at1, inside1);
      let x2 = gather_x(base + at2, inside2).xy;
      let w = ky * 3 * tap + channel * vectors;
      let a0 = vec4<f32>(weights[w + f0]);
      let a1 = vec4<f32>(weights[w + f1]);
      s00 += outer(x0, a0);
      s10 += outer(x1, a0);
      s01 += outer(x0, a1);
      s11 += outer(x1, a1);
      let b0 = vec4<f32>(weights[w + tap + f0]);
      let b1 = vec4<f32>(weights[w + tap + f1]);
      let y0 = vec4(x0.yzw, x1.x);
      let y1 = vec4(x1.yzw, x2.x);
      s00 += outer(y0, b0);
      s10 += outer(y1, b0);
      s01 += outer(y0, b1);
      s11 += outer(y1, b1);
      let c0 = vec4<f32>(weights[w + 2 * tap + f0]);
      let c1 = vec4<f32>(weights[w + 2 * tap + f1]);
      let z0 = vec4(x0.zw, x1.xy);
      let z1 = vec4(x1.zw, x2);
      s00 += outer(z0, c0);
      s10 += outer(z1, c0);
      s01 += outer(z0, c1);
      s11 += outer(z1, c1);
    }
  }

  // The sums move up to s00 block by block: an indexed array would go through memory, and one call a block would
  // compile the epilogue as often.
  let row = line * params.out_width + first;
  let end = (line + 1) * params.out_width;
  for (var i = 0u; i < 8; i += 4) {
    for (var j = 0u; j < 2; j++) {
      store(s00[0], row + i, end, f0 + j);
      store(s00[1], row + i + 1, end, f0 + j);
      store(s00[2], row + i + 2, end, f0 + j);
      store(s00[3], row + i + 3, end, f0 + j);
      s00 = s01;
    }
    s00 = s10; s01 = s11;
  }
}
