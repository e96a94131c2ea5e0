// sum/workgroup: out[r] = epilogue(Σ_l x[r, l]).   x: [outer, length], inner = 1   out: [outer]
// Grid: one workgroup a row. Strided loads, then a tree in workgroup memory, in a fixed order.
const WG: u32 = 64;          // variant: invocations a workgroup, a power of two

//!include lib/grid.wgsl

struct Params { outer: u32, length: u32, inner: u32 }

alias XElement = f32;    // storage: f32 or f16
alias OutElement = f32;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(2) var<uniform> params: Params;

var<workgroup> partial: array<f32, WG>;

//!replace
fn epilogue(value: vec4<f32>) -> vec4<f32> {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let row = flat_workgroup(group, groups);
  if (row >= params.outer) { return; }
  var total = 0f;
  for (var i = local; i < params.length; i += WG) { total += f32(x[row * params.length + i]); }
  partial[local] = total;
  for (var half = WG / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (local < half) { partial[local] += partial[local + half]; }
  }
  if (local == 0) { out[row] = OutElement(epilogue(vec4(partial[0])).x); }
}
