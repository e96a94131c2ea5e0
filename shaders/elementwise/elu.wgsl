// elementwise/elu: scale · x where x > 0, else below · (e^(rate · x) − 1). NaN goes through the exponential.

//!include lib/expm1.wgsl

fn op_elu(x: vec4<f32>, scale: vec4<f32>, below: vec4<f32>, rate: vec4<f32>) -> vec4<f32> {
  return select(below * finite_expm1(rate * x), scale * x, x > vec4<f32>());
}
