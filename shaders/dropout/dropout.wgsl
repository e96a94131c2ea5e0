// dropout/dropout: out[i] = 0 where the element's random number is below rate, else scale · x[i].   x, out: 4 · vectors
// elements. Step, stream and place give the number, so that the gradient finds the same mask without keeping it.
// Grid: one invocation a vector, whose four random words come from one block of Philox.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/philox.wgsl
//!include lib/step.wgsl

struct Params { vectors: u32, stream: u32, rate: f32, scale: f32 }

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  // The last word of the counter sets kernels apart from random numbers that the host draws.
  let words = philox(vec4<u32>(index, step.index, params.stream, 1), vec2<u32>(step.seed_low, step.seed_high));
  let dropped = uniform01(words) < vec4<f32>(params.rate);
  out[index] = select(params.scale * x[index], vec4<f32>(), dropped);
}
