// boundNorms/boundNorms: out[i] = x[i] · limit / max(norms[n], limit), n the norm that the element belongs to.
//   x, out: [length]   norms: [norms]   blocks: [3 · ⌈length / 64⌉], for each block of 64 where its tensor begins, the
//   tensor's columns, and the norm of its first column; without columns the block is taken as it is
// Grid: one invocation for four elements.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { vectors: u32, limit: f32 }

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> norms: array<f32>;
@group(0) @binding(2) var<storage, read> blocks: array<u32>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let block = 3 * (index / 16);
  let columns = blocks[block + 1];
  if (columns == 0) {
    out[index] = x[index];
    return;
  }
  let column = (4 * index - blocks[block] + vec4<u32>(0, 1, 2, 3)) % columns;
  let at = blocks[block + 2] + column;
  let norm = vec4<f32>(norms[at.x], norms[at.y], norms[at.z], norms[at.w]);
  // Exactly 1 within the limit.
  out[index] = x[index] * (params.limit / max(norm, vec4<f32>(params.limit)));
}
