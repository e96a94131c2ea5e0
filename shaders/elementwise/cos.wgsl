// elementwise/cos: the cosine of any finite number.

//!include lib/trigonometry.wgsl

fn op_cos(x: vec4<f32>) -> vec4<f32> {
  return sine_of(x, 1);
}
