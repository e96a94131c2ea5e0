// gradientNoise/gradientNoise: out = gradients + deviation · (1 + step)^−power · z, z standard normal.
//   gradients, out: [length]   used: [⌈length / 64⌉], how many elements of each block of 64 belong to a tensor; the others
//   stay as they are
// Grid: one invocation for four elements, whose random words come from one block of Philox.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/random.wgsl

struct Params { vectors: u32, stream: u32, deviation: f32, power: f32 }

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> used: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  // The last word sets these numbers apart from those of dropout (1) and of random tensors (2).
  let counter = vec4<u32>(index, step.index, params.stream, 3);
  let words = philox(counter, vec2<u32>(step.seed_low, step.seed_high));
  let deviation = params.deviation * exp2(-params.power * log2(f32(step.index) + 1));
  let place = 4 * (index % 16) + vec4<u32>(0, 1, 2, 3);
  let noise = select(vec4<f32>(), deviation * normal_of(words), place < vec4<u32>(used[index / 16]));
  out[index] = gradients[index] + noise;
}
