// roofline/fma: out[i] = Σ_c fₙ(i % 64 + c), where f(v) = multiplier · v + addend, n times.   out: [invocations]
// Grid: one invocation a vector. Measures the peak of f32 arithmetic: three independent chains of vectors stay in
// registers, which feeds wide and pipelined units alike and spills on no adapter; memory is touched once at the end.
// With whole numbers every step is exact, fused or not, so the answer tells how many steps were really done.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { invocations: u32, rounds: u32, multiplier: f32, addend: f32 }

@group(0) @binding(0) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(1) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let i = flat_workgroup(group, groups) * WG + local;
  if (i >= params.invocations) { return; }
  let m = vec4(params.multiplier);
  let s = vec4(params.addend);
  var a = vec4(f32(i % 64));
  var b = a + 1.0;
  var c = a + 2.0;
  for (var round = 0u; round < params.rounds; round++) {
    // Written out: software adapters do not unroll loops.
    a = fma(a, m, s); b = fma(b, m, s); c = fma(c, m, s);
    a = fma(a, m, s); b = fma(b, m, s); c = fma(c, m, s);
    a = fma(a, m, s); b = fma(b, m, s); c = fma(c, m, s);
    a = fma(a, m, s); b = fma(b, m, s); c = fma(c, m, s);
    a = fma(a, m, s); b = fma(b, m, s); c = fma(c, m, s);
    a = fma(a, m, s); b = fma(b, m, s); c = fma(c, m, s);
    a = fma(a, m, s); b = fma(b, m, s); c = fma(c, m, s);
    a = fma(a, m, s); b = fma(b, m, s); c = fma(c, m, s);
  }
  out[i] = a + b + c;
}
