// lbfgsDots/lbfgsDots: shares of the products that a step of L-BFGS needs: of the newest s, the newest y = g − g⁻ and g,
//   each with every vector of the basis s₀ … s_{n−1}, y₀ … y_{n−1}, g.  parts[3 · v + j, p]: lane p's share of basis[v] · (s, y, g)[j].
//   gradients (g), previousGradients (g⁻): [length]   history: [2 · slots · length], every s, then every y
//   control: [4], the newest pair's place second to last   parts: [3 · (2 · slots + 1), lanes]
// Grid: one invocation for a lane of a basis vector; lanes take every lanes-th four elements in turn.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { vectors: u32, slots: u32, lanes: u32 }

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> previousGradients: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> history: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> control: array<f32>;
@group(0) @binding(4) var<storage, read_write> parts: array<f32>;
@group(0) @binding(5) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  let basis = index / params.lanes;
  let lane = index % params.lanes;
  if (basis > 2 * params.slots) { return; }
  let newest = u32(control[2]);
  var products = array<vec4<f32>, 3>();
  let end = loop_bound(params.vectors, groups);
  for (var at = lane; at < end; at += params.lanes) {
    let g = gradients[at];
    let s = history[newest * params.vectors + at];
    let y = g - previousGradients[at];
    var v = g;
    if (basis == params.slots + newest) { v = y; }
    else if (basis < 2 * params.slots) { v = history[basis * params.vectors + at]; }
    products[0] += v * s;
    products[1] += v * y;
    products[2] += v * g;
  }
  for (var which = 0u; which < 3; which++) {
    parts[(3 * basis + which) * params.lanes + lane] = dot(products[which], vec4(1.0));
  }
}
