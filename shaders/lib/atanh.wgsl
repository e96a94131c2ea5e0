// lib/atanh: 2 · atanh(s) for 0 ≤ s ≤ ⅓ by its series, right to 1e-7 relatively: log(1 + x) with s = x / (2 + x) and
// −log(1 − x) with s = x / (2 − x), where a logarithm would lose the digits of a small x.

fn twice_atanh(s: vec4<f32>) -> vec4<f32> {
  let z = s * s;
  var p = fma(vec4<f32>(0.06666667), z, vec4<f32>(0.07692308));
  p = fma(p, z, vec4<f32>(0.09090909));
  p = fma(p, z, vec4<f32>(0.11111111));
  p = fma(p, z, vec4<f32>(0.14285714));
  p = fma(p, z, vec4<f32>(0.2));
  p = fma(p, z, vec4<f32>(0.33333333));
  p = fma(p, z, vec4<f32>(1));
  return 2 * s * p;
}
