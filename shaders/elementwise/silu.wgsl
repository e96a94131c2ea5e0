// elementwise/silu: x · σ(x), σ as in sigmoid. Below −100 the result is 0 to f32, and −∞ must not meet it.

//!include lib/exp.wgsl

fn op_silu(x: vec4<f32>) -> vec4<f32> {
  let kept = select(x, vec4<f32>(-100), x < vec4<f32>(-100));
  let power = finite_exp(-abs(kept));
  return select(kept, kept * power, kept < vec4<f32>()) / (1 + power);
}
