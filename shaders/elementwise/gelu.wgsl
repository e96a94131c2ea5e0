// elementwise/gelu: x · Φ(x), Φ the normal distribution. The tail Φ(−|x|) = ½ · erfc(|x|/√2) comes from formula 7.1.26 of
// Abramowitz and Stegun, so that a negative x does not lose it in 1 + erf(x/√2). Off by 4e-7. Beyond ±20 the tail is 0 to
// f32, and infinities must not meet it.

//!include lib/exp.wgsl

fn op_gelu(x: vec4<f32>) -> vec4<f32> {
  let below = select(x, vec4<f32>(20), x > vec4<f32>(20));
  let kept = select(below, vec4<f32>(-20), below < vec4<f32>(-20));
  let z = abs(kept) * 0.70710678;
  let t = 1 / fma(z, vec4<f32>(0.3275911), vec4<f32>(1));
  var p = fma(t, vec4<f32>(1.061405429), vec4<f32>(-1.453152027));
  p = fma(p, t, vec4<f32>(1.421413741));
  p = fma(p, t, vec4<f32>(-0.284496736));
  p = fma(p, t, vec4<f32>(0.254829592));
  let tail = 0.5 * p * t * finite_exp(-z * z);
  return select(fma(-kept, tail, x), kept * tail, x < vec4<f32>());
}
