// elementwise/sigmoid: 1 / (1 + e⁻ˣ). The exponential stays finite, so the quotient does.

//!include lib/exp.wgsl

fn op_sigmoid(x: vec4<f32>) -> vec4<f32> {
  return 1 / (1 + finite_exp(-x));
}
