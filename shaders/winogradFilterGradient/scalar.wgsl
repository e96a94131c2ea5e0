// winogradFilterGradient/scalar: the adjoint of winogradFilter: out[:, :, c, f] = Gᵀ du G.
//   du: [16, channels, filters]   out: [3, 3, channels, filters]
// Grid: one invocation for a pair of a channel and a filter. Accepts everything.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { pairs: u32 }

@group(0) @binding(0) var<storage, read> du: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

// Row i of a transform, four values.
fn row(at: u32, plane: u32) -> vec4<f32> {
  return vec4(du[at], du[at + plane], du[at + 2 * plane], du[at + 3 * plane]);
}

fn store(at: u32, plane: u32, w: vec4<f32>) {
  let sum = 0.5 * (w[1] + w[2]);
  out[at] = w[0] + sum;
  out[at + plane] = 0.5 * (w[1] - w[2]);
  out[at + 2 * plane] = sum + w[3];
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let plane = params.pairs;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= plane) { return; }
  let u0 = row(index, plane);
  let u1 = row(index + 4 * plane, plane);
  let u2 = row(index + 8 * plane, plane);
  let u3 = row(index + 12 * plane, plane);
  let sum = 0.5 * (u1 + u2);
  store(index, plane, u0 + sum);
  store(index + 3 * plane, plane, 0.5 * (u1 - u2));
  store(index + 6 * plane, plane, sum + u3);
}
