// elementwise/logSigmoid: −log(1 + e⁻ˣ).

//!include lib/softplus.wgsl

fn op_logSigmoid(x: vec4<f32>) -> vec4<f32> {
  return -softplus_of(-x);
}
