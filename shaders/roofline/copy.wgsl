// roofline/copy: out[i] = x[i], bit for bit.   x, out: [4 · vectors]
// Grid: one workgroup a block of 4·WG vectors. Measures the peak of memory traffic: neighbours read neighbours, and the
// four loads of an invocation are under way together.
const WG: u32 = 256;         // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { vectors: u32 }

@group(0) @binding(0) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let first = flat_workgroup(group, groups) * (4 * WG) + local;
  if (first + 3 * WG < params.vectors) {
    let v0 = x[first];
    let v1 = x[first + WG];
    let v2 = x[first + 2 * WG];
    let v3 = x[first + 3 * WG];
    out[first] = v0;
    out[first + WG] = v1;
    out[first + 2 * WG] = v2;
    out[first + 3 * WG] = v3;
    return;
  }
  for (var i = first; i < params.vectors; i += WG) { out[i] = x[i]; }
}
