// randomUniform/randomUniform: out[i] = low + span · u, u uniform in [0, 1).   out: 4 · vectors elements
// Grid: one invocation a vector, whose four random words come from one block of Philox.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/random.wgsl

struct Params { vectors: u32, stream: u32, low: f32, span: f32 }

@group(0) @binding(0) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(1) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let words = random_words(index, params.stream);
  out[index] = params.low + params.span * uniform01(words);
}
