// elementwise/exp: eˣ, held finite.

//!include lib/exp.wgsl

fn op_exp(x: vec4<f32>) -> vec4<f32> {
  return finite_exp(x);
}
