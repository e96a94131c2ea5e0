// flagNonFinite/flag: flags[at] ← flags[at] | Σ bit k where an element of input k is infinite or NaN;
//   at = row · width + slot, row from the step.
//   a, b, c, d: [length]   valid: [⌈length / 64⌉], how many elements of each block of 64 count   flags: [rows · width]
// Grid: one invocation for four elements of each input. Atomics on integers, and only where something is wrong.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/step.wgsl

struct Params { vectors: u32, flags: u32, width: u32, slot: u32 }

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> c: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> d: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> valid: array<u32>;
@group(0) @binding(5) var<storage, read_write> flags: array<atomic<u32>>;
@group(0) @binding(6) var<uniform> params: Params;

fn wrong(value: vec4<f32>, counts: vec4<bool>) -> bool {
  let exponent = vec4<u32>(0x7f800000u);
  return any(counts & ((bitcast<vec4<u32>>(value) & exponent) == exponent));
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  let at = step.row * params.width + params.slot;
  if (index >= params.vectors || at >= params.flags) { return; }
  let place = vec4<u32>((index % 16) * 4) + vec4<u32>(0, 1, 2, 3);
  let counts = place < vec4<u32>(valid[index / 16]);
  var found = select(0u, 1u, wrong(a[index], counts));
  found |= select(0u, 2u, wrong(b[index], counts));
  found |= select(0u, 4u, wrong(c[index], counts));
  found |= select(0u, 8u, wrong(d[index], counts));
  if (found != 0) { atomicOr(&flags[at], found); }
}
