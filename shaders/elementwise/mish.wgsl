// elementwise/mish: x · tanh(log(1 + eˣ)). With n = eˣ the factor is n · (n + 2) / (n · (n + 2) + 2), which loses no digits;
// above 20 it is 1. Below −100 the result is 0 to f32, and −∞ must not meet it.

//!include lib/exp.wgsl

fn op_mish(x: vec4<f32>) -> vec4<f32> {
  let kept = select(x, vec4<f32>(-100), x < vec4<f32>(-100));
  let n = finite_exp(select(kept, vec4<f32>(20), kept > vec4<f32>(20)));
  let product = n * (n + 2);
  return kept * (product / (product + 2));
}
