// sum/rows_vec4: out[o] = epilogue(Σ_l x[o, l]).   x: [outer, length]   out: [outer]
// Grid: one invocation an output, its terms in order in four partial sums. As sum/serial over neighbours, with whole
// vectors: length is a multiple of 4.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { outer: u32, length: u32 }

alias XVector = vec4<f32>;  // storage: f32 or f16
alias OutElement = f32;     // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(2) var<uniform> params: Params;

//!replace
fn epilogue(value: vec4<f32>) -> vec4<f32> {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.outer) { return; }
  var at = index * (params.length / 4);
  var sums = vec4<f32>();
  for (var i = loop_bound(params.length / 4, groups); i > 0; i--) {
    sums += vec4<f32>(x[at]);
    at++;
  }
  out[index] = OutElement(epilogue(vec4((sums.x + sums.y) + (sums.z + sums.w))).x);
}
