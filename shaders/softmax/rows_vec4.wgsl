// softmax/rows_vec4: out[r, c] = exp(x[r, c]) / Σ_c exp(x[r, c]), or its logarithm.
//   x, out: [rows, columns], columns a multiple of 4
// Grid: one invocation a row. As softmax/serial over neighbours, with whole vectors.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include softmax/share.wgsl

struct Params { rows: u32, columns: u32 }

alias XVector = vec4<f32>;    // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(2) var<uniform> params: Params;

fn load_x(at: u32) -> vec4<f32> { return vec4<f32>(x[at]); }

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups) * WG + local;
  if (row >= params.rows) { return; }
  let vectors = loop_bound(params.columns / 4, groups);
  let start = row * vectors;
  let end = start + vectors;
  var best = load_x(start);
  for (var at = start + 1; at < end; at++) { best = max(best, load_x(at)); }
  let top = vec4<f32>(largest_of(best));
  var sums = vec4<f32>();
  for (var at = start; at < end; at++) { sums += finite_exp(load_x(at) - top); }
  let total = vec4<f32>(total_of(sums));
  for (var at = start; at < end; at++) { out[at] = OutVector(share_of(load_x(at), top, total)); }
}
