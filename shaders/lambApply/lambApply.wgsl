// lambApply/lambApply: θ ← θ − η · r · u, r = ‖θ‖ / ‖u‖ of the tensor that the element belongs to; 1 where a norm is 0.
//   direction (u), parameters (θ): [64 · blocks]   segments: [2 · blocks], multipliers of η first
//   owners: [blocks], which tensor a block belongs to   squares: [2 · tensors], (‖θ‖², ‖u‖²) of each
// Grid: one invocation for four parameters.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { vectors: u32 }

@group(0) @binding(0) var<storage, read> direction: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> segments: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> owners: array<u32>;
@group(0) @binding(3) var<storage, read> squares: array<vec2<f32>>;
@group(0) @binding(4) var<storage, read_write> parameters: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let block = index / 16;
  let norms = sqrt(squares[owners[block]]);
  let ratio = select(1.0, norms.x / norms.y, norms.x > 0 && norms.y > 0);
  parameters[index] -= step.learning_rate * segments[block].x * ratio * direction[index];
}
