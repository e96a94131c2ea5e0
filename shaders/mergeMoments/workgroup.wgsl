// mergeMoments/workgroup: the moments of a group of channels from those of its parts: its mean, as one of its values and the
// distance from that, 1 / √(variance + ε), and the variance; the same for each channel of the group.
//   parts: [batch, parts, 3, channels]   mean: [batch, 2, channels]   inverse, variance: [batch, 1, channels]
// Grid: one workgroup of 64 a group: first the mean, then deviations from it, each a strided sum and a tree.

//!include lib/grid.wgsl
//!include lib/fold.wgsl

// `length`: values of a channel in a part.
struct Params { batch: u32, parts: u32, channels: u32, groups: u32, length: f32, epsilon: f32 }

@group(0) @binding(0) var<storage, read> parts: array<f32>;
@group(0) @binding(1) var<storage, read_write> mean: array<f32>;
@group(0) @binding(2) var<storage, read_write> inverse: array<f32>;
@group(0) @binding(3) var<storage, read_write> variance: array<f32>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups);
  if (index >= params.batch * params.groups) { return; }
  let channels = params.channels;
  let width = channels / params.groups;
  let item = index / params.groups;
  let column = index % params.groups * width;
  let start = item * params.parts * 3 * channels + column;
  let terms = params.parts * width;
  let first = parts[start];
  var sum = 0f;
  for (var i = local; i < terms; i += 64) {
    let at = start + i / width * 3 * channels + i % width;
    sum += (parts[at] - first) + parts[at + channels];
  }
  let shifted = fold_sum(local, sum) / f32(terms);
  var squares = 0f;
  for (var i = local; i < terms; i += 64) {
    let at = start + i / width * 3 * channels + i % width;
    let delta = ((parts[at] - first) + parts[at + channels]) - shifted;
    squares += parts[at + 2 * channels] + params.length * delta * delta;
  }
  let spread = fold_sum(local, squares) / (params.length * f32(terms));
  for (var i = local; i < width; i += 64) {
    mean[2 * item * channels + column + i] = first;
    mean[(2 * item + 1) * channels + column + i] = shifted;
    inverse[item * channels + column + i] = inverseSqrt(spread + params.epsilon);
    variance[item * channels + column + i] = spread;
  }
}
