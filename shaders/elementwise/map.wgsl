// elementwise/map: out[i] = value(a[i], b[i], …), fused chains of elementwise ops.   out: [4 · vectors], operands of the
// same shape, of one element, or one row of 4 · row_vectors elements that repeats.
// Grid: one invocation for RUN consecutive vectors. In place where `value` reads `load_out`: each invocation reads before it writes.
const WG: u32 = 64;          // variant: invocations a workgroup
const RUN: u32 = 1;          // variant: vectors an invocation, 1 or 4, of which there are a multiple
const MODE_A: u32 = 0;       // variant: operand a: 0 the same shape, 1 one element, 2 a row that repeats
const MODE_B: u32 = 0;       // variant: operand b: 0 the same shape, 1 one element, 2 a row that repeats
const MODE_C: u32 = 0;       // variant: operand c: 0 the same shape, 1 one element, 2 a row that repeats
const MODE_D: u32 = 0;       // variant: operand d: 0 the same shape, 1 one element, 2 a row that repeats
const MODE_E: u32 = 0;       // variant: operand e: 0 the same shape, 1 one element, 2 a row that repeats
const MODE_F: u32 = 0;       // variant: operand f: 0 the same shape, 1 one element, 2 a row that repeats

//!include lib/grid.wgsl

struct Params { vectors: u32, row_vectors: u32 }

alias AVector = vec4<f32>;    // storage: f32 or f16
alias BVector = vec4<f32>;    // storage: f32 or f16
alias CVector = vec4<f32>;    // storage: f32 or f16
alias DVector = vec4<f32>;    // storage: f32 or f16
alias EVector = vec4<f32>;    // storage: f32 or f16
alias FVector = vec4<f32>;    // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

//!optional
@group(0) @binding(0) var<storage, read> a: array<AVector>;
//!optional
@group(0) @binding(1) var<storage, read> b: array<BVector>;
//!optional
@group(0) @binding(2) var<storage, read> c: array<CVector>;
//!optional
@group(0) @binding(3) var<storage, read> d: array<DVector>;
//!optional
@group(0) @binding(4) var<storage, read> e: array<EVector>;
//!optional
@group(0) @binding(5) var<storage, read> f: array<FVector>;
@group(0) @binding(6) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(7) var<uniform> params: Params;

// Where an operand lies for output vector `index`.
fn place(mode: u32, index: u32) -> u32 {
  if (mode == 0) { return index; }
  return select(0, index % params.row_vectors, mode == 2);
}

fn spread(mode: u32, loaded: vec4<f32>) -> vec4<f32> {
  if (mode == 1) { return loaded.xxxx; }
  return loaded;
}

fn load_a(index: u32) -> vec4<f32> { return spread(MODE_A, vec4<f32>(a[place(MODE_A, index)])); }
fn load_b(index: u32) -> vec4<f32> { return spread(MODE_B, vec4<f32>(b[place(MODE_B, index)])); }
fn load_c(index: u32) -> vec4<f32> { return spread(MODE_C, vec4<f32>(c[place(MODE_C, index)])); }
fn load_d(index: u32) -> vec4<f32> { return spread(MODE_D, vec4<f32>(d[place(MODE_D, index)])); }
fn load_e(index: u32) -> vec4<f32> { return spread(MODE_E, vec4<f32>(e[place(MODE_E, index)])); }
fn load_f(index: u32) -> vec4<f32> { return spread(MODE_F, vec4<f32>(f[place(MODE_F, index)])); }
fn load_out(index: u32) -> vec4<f32> { return vec4<f32>(out[index]); }

//!replace
fn value(index: u32) -> vec4<f32> {
  return vec4<f32>();
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let first = (flat_workgroup(group, groups) * WG + local) * RUN;
  if (first >= params.vectors) { return; }
  out[first] = OutVector(value(first));
  // Written out: on software adapters a loop would cost as much as it saves.
  if (RUN == 4) {
    out[first + 1] = OutVector(value(first + 1));
    out[first + 2] = OutVector(value(first + 2));
    out[first + 3] = OutVector(value(first + 3));
  }
}
