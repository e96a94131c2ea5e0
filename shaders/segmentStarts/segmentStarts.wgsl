// segmentStarts/segmentStarts: starts[s] = how many keys are below s.   keys: [count], sorted   starts: [segments + 1]
// Grid: one invocation a start, by bisection.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { count: u32, starts: u32 }

@group(0) @binding(0) var<storage, read> keys: array<u32>;
@group(0) @binding(1) var<storage, read_write> starts: array<u32>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let segment = flat_workgroup(group, groups) * WG + local;
  if (segment >= params.starts) { return; }
  var low = 0u;
  var high = params.count;
  while (low < high) {
    let middle = (low + high) / 2;
    if (keys[middle] < segment) { low = middle + 1; } else { high = middle; }
  }
  starts[segment] = low;
}
