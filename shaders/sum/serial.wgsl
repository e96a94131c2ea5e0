// sum/serial: out[o, i] = epilogue(Σ_l x[o, l, i]).   x: [outer, length, inner]   out: [outer, inner]
// Grid: one invocation an output, its terms in order in four partial sums, so that they neither wait for each other nor
// lose as many digits. No workgroup memory: short rows, adapters on which a barrier is dear.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { outer: u32, length: u32, inner: u32 }

alias XElement = f32;    // storage: f32 or f16
alias OutElement = f32;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
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
  if (index >= params.outer * params.inner) { return; }
  let inner = params.inner;
  var at = index / inner * params.length * inner + index % inner;
  var sums = vec4<f32>();
  for (var i = loop_bound(params.length / 4, groups); i > 0; i--) {
    sums += vec4<f32>(vec4(x[at], x[at + inner], x[at + 2 * inner], x[at + 3 * inner]));
    at += 4 * inner;
  }
  var total = (sums.x + sums.y) + (sums.z + sums.w);
  for (var i = loop_bound(params.length % 4, groups); i > 0; i--) {
    total += f32(x[at]);
    at += inner;
  }
  out[index] = OutElement(epilogue(vec4(total)).x);
}
