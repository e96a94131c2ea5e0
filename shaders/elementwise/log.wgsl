// elementwise/log: the natural logarithm.

//!include lib/log.wgsl

fn op_log(x: vec4<f32>) -> vec4<f32> {
  return honest_log(x);
}
