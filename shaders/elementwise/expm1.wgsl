// elementwise/expm1: eˣ − 1, held finite.

//!include lib/expm1.wgsl

fn op_expm1(x: vec4<f32>) -> vec4<f32> {
  return finite_expm1(x);
}
