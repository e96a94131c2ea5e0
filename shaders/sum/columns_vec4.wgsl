// sum/columns_vec4: out[o, i] = epilogue(Σ_l x[o, l, i]).   x: [outer, length, inner]   out: [outer, inner]
// Grid: one invocation four neighbouring outputs, their terms in order in four partial sums each. As sum/serial, with
// whole vectors: inner is a multiple of 4.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { outer: u32, length: u32, inner: u32 }

alias XVector = vec4<f32>;    // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(2) var<uniform> params: Params;

//!replace
fn epilogue(value: vec4<f32>) -> vec4<f32> {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let inner = params.inner / 4;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.outer * inner) { return; }
  var at = index / inner * params.length * inner + index % inner;
  var s0 = vec4<f32>(); var s1 = vec4<f32>(); var s2 = vec4<f32>(); var s3 = vec4<f32>();
  for (var i = loop_bound(params.length / 4, groups); i > 0; i--) {
    s0 += vec4<f32>(x[at]);
    s1 += vec4<f32>(x[at + inner]);
    s2 += vec4<f32>(x[at + 2 * inner]);
    s3 += vec4<f32>(x[at + 3 * inner]);
    at += 4 * inner;
  }
  var total = (s0 + s1) + (s2 + s3);
  for (var i = loop_bound(params.length % 4, groups); i > 0; i--) {
    total += vec4<f32>(x[at]);
    at += inner;
  }
  out[index] = OutVector(epilogue(total));
}
