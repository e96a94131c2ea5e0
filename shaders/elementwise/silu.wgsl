// elementwise/silu: x / (1 + e⁻ˣ). Below −100 the result is 0 to f32, but the exponential has stopped growing: without
// the clamp a huge −x would win over it.

//!include lib/exp.wgsl

fn op_silu(x: vec4<f32>) -> vec4<f32> {
  let kept = select(x, vec4<f32>(-100), x < vec4<f32>(-100));
  return kept / (1 + finite_exp(-kept));
}
