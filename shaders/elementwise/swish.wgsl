// elementwise/swish: x · σ(z) with z = beta · x. For z < 0, σ(z) = e^z / (1 + e^z), and its numerator goes in two halves, so that
// a huge x meets no subnormal number.

//!include lib/exp.wgsl

fn op_swish(x: vec4<f32>, beta: vec4<f32>) -> vec4<f32> {
  let z = beta * x;
  let half = finite_exp(-0.5 * abs(z));
  let product = select(x, x * half * half, z < vec4<f32>());
  let y = product / fma(half, half, vec4<f32>(1));
  // −∞ · 0 is no number, its limit is 0.
  return select(y, vec4<f32>(), z < vec4<f32>(-200));
}
