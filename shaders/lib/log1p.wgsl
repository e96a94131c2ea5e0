// lib/log1p: log(1 + x): −∞ for −1, NaN for NaN and below −1. Below 0.4 it is 2 · artanh(x / (2 + x)) by its series, since
// 1 would swallow the digits of a small argument.

//!include lib/log.wgsl

fn honest_log1p(x: vec4<f32>) -> vec4<f32> {
  let s = x / (2 + x);
  let z = s * s;
  var p = fma(z, vec4<f32>(0.09090909), vec4<f32>(0.11111111));
  p = fma(p, z, vec4<f32>(0.14285714));
  p = fma(p, z, vec4<f32>(0.2));
  p = fma(p, z, vec4<f32>(0.33333333));
  let near = 2 * fma(p * z, s, s);
  return select(honest_log(1 + x), near, abs(x) < vec4<f32>(0.4));
}
