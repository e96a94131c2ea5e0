// winogradFilter/scalar: out[4i + j, c, f] = (G g Gᵀ)[i, j], g the 3 × 3 taps of a channel and a filter.
//   weights: [3, 3, channels, filters]   out: [16, channels, filters]
// Grid: one invocation for a pair of a channel and a filter. Accepts everything.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { pairs: u32 }

@group(0) @binding(0) var<storage, read> weights: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

// G times one column of taps: four rows as a vector.
fn column(at: u32, plane: u32) -> vec4<f32> {
  let g0 = weights[at];
  let g1 = 0.5 * weights[at + 3 * plane];
  let g2 = weights[at + 6 * plane];
  let ends = 0.5 * (g0 + g2);
  return vec4(g0, ends + g1, ends - g1, g2);
}

fn store(at: u32, plane: u32, u0: f32, middle: f32, u3: f32) {
  let ends = 0.5 * (u0 + u3);
  out[at] = u0;
  out[at + plane] = ends + 0.5 * middle;
  out[at + 2 * plane] = ends - 0.5 * middle;
  out[at + 3 * plane] = u3;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let plane = params.pairs;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= plane) { return; }
  let w0 = column(index, plane);
  let w1 = column(index + plane, plane);
  let w2 = column(index + 2 * plane, plane);
  store(index, plane, w0[0], w1[0], w2[0]);
  store(index + 4 * plane, plane, w0[1], w1[1], w2[1]);
  store(index + 8 * plane, plane, w0[2], w1[2], w2[2]);
  store(index + 12 * plane, plane, w0[3], w1[3], w2[3]);
}
