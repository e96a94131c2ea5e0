// castInteger/castInteger: out[i] = x[i] as another type: to integers by truncation, held in their range, 0 for NaN.   x, out: 4 · vectors
// Grid: one invocation for RUN consecutive vectors. Elements come and go as bits.
const WG: u32 = 64;          // variant: invocations a workgroup
const RUN: u32 = 1;          // variant: vectors an invocation, 1 or 4, of which there are a multiple
const FROM: u32 = 0;         // variant: 0 f32, 1 u32, 2 i32
const TO: u32 = 1;           // variant: 0 f32, 1 u32, 2 i32

//!include lib/grid.wgsl

struct Params { vectors: u32 }

@group(0) @binding(0) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(2) var<uniform> params: Params;

// The integer part of numbers below the limit; from there on, the largest integer. `real` excludes NaN.
fn magnitude_of(size: vec4<f32>, limit: f32, largest: u32, real: vec4<bool>) -> vec4<u32> {
  let within = real & (size < vec4<f32>(limit));
  let whole = vec4<u32>(select(vec4<f32>(), size, within));
  return select(whole, vec4<u32>(largest), real & !within);
}

fn cast_f32(bits: vec4<u32>) -> vec4<u32> {
  let size = bitcast<vec4<f32>>(bits & vec4<u32>(0x7fffffff));
  let real = (bits & vec4<u32>(0x7fffffff)) <= vec4<u32>(0x7f800000);
  let negative = bits > vec4<u32>(0x7fffffff);
  if (TO == 1) { return select(magnitude_of(size, 0x1p32f, 0xffffffff, real), vec4<u32>(), negative); }
  let below = vec4<u32>() - magnitude_of(size, 0x1p31f, 0x80000000, real);
  return select(magnitude_of(size, 0x1p31f, 0x7fffffff, real), below, negative);
}

fn cast_u32(bits: vec4<u32>) -> vec4<u32> {
  if (TO == 0) { return bitcast<vec4<u32>>(vec4<f32>(bits)); }
  return min(bits, vec4<u32>(0x7fffffff));
}

fn cast_i32(bits: vec4<u32>) -> vec4<u32> {
  let signed = bitcast<vec4<i32>>(bits);
  if (TO == 0) { return bitcast<vec4<u32>>(vec4<f32>(signed)); }
  return vec4<u32>(max(signed, vec4<i32>()));
}

fn converted(bits: vec4<u32>) -> vec4<u32> {
  if (FROM == 0) { return cast_f32(bits); }
  if (FROM == 1) { return cast_u32(bits); }
  return cast_i32(bits);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let first = (flat_workgroup(group, groups) * WG + local) * RUN;
  if (first >= params.vectors) { return; }
  out[first] = converted(x[first]);
  // Written out: on software adapters a loop would cost as much as it saves.
  if (RUN == 4) {
    out[first + 1] = converted(x[first + 1]);
    out[first + 2] = converted(x[first + 2]);
    out[first + 3] = converted(x[first + 3]);
  }
}
