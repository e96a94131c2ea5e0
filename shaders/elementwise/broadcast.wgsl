// elementwise/broadcast: out[i] = value(a[…], b[…], …) where operands broadcast in any way.   out: count elements over
// up to 6 collapsed axes; each operand has a stride along each axis, 0 where it repeats.
// Grid: one invocation four elements of the output.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  count: u32,
  size0: u32, size1: u32, size2: u32, size3: u32, size4: u32, size5: u32,
  stride_a0: u32, stride_a1: u32, stride_a2: u32, stride_a3: u32, stride_a4: u32, stride_a5: u32,
  stride_b0: u32, stride_b1: u32, stride_b2: u32, stride_b3: u32, stride_b4: u32, stride_b5: u32,
  stride_c0: u32, stride_c1: u32, stride_c2: u32, stride_c3: u32, stride_c4: u32, stride_c5: u32,
  stride_d0: u32, stride_d1: u32, stride_d2: u32, stride_d3: u32, stride_d4: u32, stride_d5: u32,
  stride_e0: u32, stride_e1: u32, stride_e2: u32, stride_e3: u32, stride_e4: u32, stride_e5: u32,
  stride_f0: u32, stride_f1: u32, stride_f2: u32, stride_f3: u32, stride_f4: u32, stride_f5: u32,
}

alias AElement = f32;    // storage: f32 or f16
alias BElement = f32;    // storage: f32 or f16
alias CElement = f32;    // storage: f32 or f16
alias DElement = f32;    // storage: f32 or f16
alias EElement = f32;    // storage: f32 or f16
alias FElement = f32;    // storage: f32 or f16
alias OutElement = f32;  // storage: f32 or f16

//!optional
@group(0) @binding(0) var<storage, read> a: array<AElement>;
//!optional
@group(0) @binding(1) var<storage, read> b: array<BElement>;
//!optional
@group(0) @binding(2) var<storage, read> c: array<CElement>;
//!optional
@group(0) @binding(3) var<storage, read> d: array<DElement>;
//!optional
@group(0) @binding(4) var<storage, read> e: array<EElement>;
//!optional
@group(0) @binding(5) var<storage, read> f: array<FElement>;
@group(0) @binding(6) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(7) var<uniform> params: Params;

// The coordinates of an element of the output: the first three axes, the last three.
struct Place { outer: vec3<u32>, inner: vec3<u32> }

fn place(index: u32) -> Place {
  let i5 = index / params.size5;
  let i4 = i5 / params.size4;
  let i3 = i4 / params.size3;
  let i2 = i3 / params.size2;
  let i1 = i2 / params.size1;
  return Place(vec3(i1, i2 % params.size1, i3 % params.size2),
               vec3(i4 % params.size3, i5 % params.size4, index % params.size5));
}

fn offset(at: Place, outer: vec3<u32>, inner: vec3<u32>) -> u32 {
  let steps = at.outer * outer + at.inner * inner;
  return steps.x + steps.y + steps.z;
}

fn at_a(index: u32) -> f32 {
  return f32(a[offset(place(min(index, params.count - 1)), vec3(params.stride_a0, params.stride_a1, params.stride_a2),
                  vec3(params.stride_a3, params.stride_a4, params.stride_a5))]);
}
fn load_a(index: u32) -> vec4<f32> { return vec4(at_a(index), at_a(index + 1), at_a(index + 2), at_a(index + 3)); }
fn at_b(index: u32) -> f32 {
  return f32(b[offset(place(min(index, params.count - 1)), vec3(params.stride_b0, params.stride_b1, params.stride_b2),
                  vec3(params.stride_b3, params.stride_b4, params.stride_b5))]);
}
fn load_b(index: u32) -> vec4<f32> { return vec4(at_b(index), at_b(index + 1), at_b(index + 2), at_b(index + 3)); }
fn at_c(index: u32) -> f32 {
  return f32(c[offset(place(min(index, params.count - 1)), vec3(params.stride_c0, params.stride_c1, params.stride_c2),
                  vec3(params.stride_c3, params.stride_c4, params.stride_c5))]);
}
fn load_c(index: u32) -> vec4<f32> { return vec4(at_c(index), at_c(index + 1), at_c(index + 2), at_c(index + 3)); }
fn at_d(index: u32) -> f32 {
  return f32(d[offset(place(min(index, params.count - 1)), vec3(params.stride_d0, params.stride_d1, params.stride_d2),
                  vec3(params.stride_d3, params.stride_d4, params.stride_d5))]);
}
fn load_d(index: u32) -> vec4<f32> { return vec4(at_d(index), at_d(index + 1), at_d(index + 2), at_d(index + 3)); }
fn at_e(index: u32) -> f32 {
  return f32(e[offset(place(min(index, params.count - 1)), vec3(params.stride_e0, params.stride_e1, params.stride_e2),
                  vec3(params.stride_e3, params.stride_e4, params.stride_e5))]);
}
fn load_e(index: u32) -> vec4<f32> { return vec4(at_e(index), at_e(index + 1), at_e(index + 2), at_e(index + 3)); }
fn at_f(index: u32) -> f32 {
  return f32(f[offset(place(min(index, params.count - 1)), vec3(params.stride_f0, params.stride_f1, params.stride_f2),
                  vec3(params.stride_f3, params.stride_f4, params.stride_f5))]);
}
fn load_f(index: u32) -> vec4<f32> { return vec4(at_f(index), at_f(index + 1), at_f(index + 2), at_f(index + 3)); }
fn load_out(index: u32) -> vec4<f32> {
  return vec4<f32>(vec4(out[index], out[index + 1], out[index + 2], out[index + 3]));
}

//!replace
fn value(index: u32) -> vec4<f32> {
  return vec4<f32>();
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = (flat_workgroup(group, groups) * WG + local) * 4;
  if (index >= params.count) { return; }
  let four = value(index);
  let valid = min(4, params.count - index);
  for (var i = 0u; i < valid; i++) { out[index + i] = OutElement(four[i]); }
}
