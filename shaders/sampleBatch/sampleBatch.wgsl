// sampleBatch/sampleBatch: x[i] = image[permutation[start + i]] · scale + shift, y[i] = its label, start from the step.
//   images, labels: bytes, four to a word, the first lowest   permutation: [≥ count]
//   x: [batch, size]   y: [batch]; from `count` on, x = 0 and y = 0xFFFFFFFF
// Grid: one invocation for four elements of x, and for one of y: a dispatch makes both.
const WHOLE: u32 = 0;        // variant: 1 where size is a multiple of 4: a vector of x is one word of one image
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { batch: u32, size: u32, count: u32, scale: f32, shift: f32 }

@group(0) @binding(0) var<storage, read> images: array<u32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> permutation: array<u32>;
@group(0) @binding(3) var<storage, read_write> x: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y: array<u32>;
@group(0) @binding(5) var<uniform> params: Params;

fn byte(word: u32, at: u32) -> u32 {
  return (word >> (8 * (at & 3))) & 0xff;
}

fn pixel(at: u32) -> f32 {
  let position = step.batch_start + at / params.size;
  if (at >= params.batch * params.size || position >= params.count) { return 0; }
  let place = permutation[position] * params.size + at % params.size;
  return f32(byte(images[place / 4], place)) * params.scale + params.shift;
}

fn word(at: u32) -> vec4<f32> {
  let position = step.batch_start + at / params.size;
  if (position >= params.count) { return vec4<f32>(); }
  let packed = images[(permutation[position] * params.size + at % params.size) / 4];
  let bytes = (vec4(packed) >> vec4(0, 8, 16, 24)) & vec4(0xff);
  return vec4<f32>(bytes) * params.scale + params.shift;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  let at = index * 4;
  if (at < params.batch * params.size) {
    if (WHOLE == 1) { x[index] = word(at); }
    else { x[index] = vec4(pixel(at), pixel(at + 1), pixel(at + 2), pixel(at + 3)); }
  }
  if (index < params.batch) {
    var label = 0xffffffffu;
    let position = step.batch_start + index;
    if (position < params.count) {
      let item = permutation[position];
      label = byte(labels[item / 4], item);
    }
    y[index] = label;
  }
}
