// softmax/columns_vec4: out[o, l, i] = exp(x[o, l, i]) / Σ_l exp(x[o, l, i]), or its logarithm.
//   x, out: [outer, length, inner], inner a multiple of 4
// Grid: one invocation four neighbouring lines. As softmax/serial, with whole vectors.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include softmax/share.wgsl

struct Params { outer: u32, length: u32, inner: u32 }

alias XVector = vec4<f32>;    // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(2) var<uniform> params: Params;

fn load_x(at: u32) -> vec4<f32> { return vec4<f32>(x[at]); }

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  let inner = loop_bound(params.inner / 4, groups);
  if (index >= params.outer * inner) { return; }
  let start = index / inner * params.length * inner + index % inner;
  let end = start + params.length * inner;
  var top = load_x(start);
  for (var at = start + inner; at < end; at += inner) { top = max(top, load_x(at)); }
  var total = vec4<f32>();
  for (var at = start; at < end; at += inner) { total += finite_exp(load_x(at) - top); }
  for (var at = start; at < end; at += inner) { out[at] = OutVector(share_of(load_x(at), top, total)); }
}
