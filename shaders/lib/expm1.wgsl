// lib/expm1: eˣ − 1 in plain arithmetic, capped where `finite_exp` is. Below ½ · ln 2 by its series, since 1 would swallow
// the digits of a small argument.

//!include lib/exp.wgsl

fn finite_expm1(x: vec4<f32>) -> vec4<f32> {
  var p = fma(vec4<f32>(1.9875691500e-4), x, vec4<f32>(1.3981999507e-3));
  p = fma(p, x, vec4<f32>(8.3334519073e-3));
  p = fma(p, x, vec4<f32>(4.1665795894e-2));
  p = fma(p, x, vec4<f32>(1.6666665459e-1));
  p = fma(p, x, vec4<f32>(5.0000001201e-1));
  let near = fma(p, x * x, x);
  return select(finite_exp(x) - 1, near, abs(x) < vec4<f32>(0.34657359));
}
