// lib/exp: eˣ in plain arithmetic: 2ᵏ · eʳ with x = k · ln 2 + r. Right to 3 ulp on every adapter, where WGSL lets its
// own `exp` be off by 3 + 2·|x| ulp and do as it likes with NaN. Finite for every x, because it stops growing at
// 88.71875, just below the largest exponent that f32 can bear; 0 where the result would be subnormal; NaN for NaN.

fn finite_exp(x: vec4<f32>) -> vec4<f32> {
  let capped = select(x, vec4<f32>(88.71875), x > vec4<f32>(88.71875));
  let kept = select(capped, vec4<f32>(-88), capped < vec4<f32>(-88));
  let k = floor(kept * 1.44269504 + 0.5);
  // ln 2 = 0.693359375 − 2.1219444e-4, and k times the first is exact. The rest becomes a factor: compilers join sums of
  // multiples of k into one rounded multiple, which costs 50 ulp.
  let r = fma(k, vec4<f32>(-0.693359375), kept);
  let d = k * 2.12194440e-4;
  let correction = fma(fma(fma(d, vec4<f32>(0.16666667), vec4<f32>(0.5)), d, vec4<f32>(1)), d, vec4<f32>(1));
  var p = fma(vec4<f32>(1.9875691500e-4), r, vec4<f32>(1.3981999507e-3));
  p = fma(p, r, vec4<f32>(8.3334519073e-3));
  p = fma(p, r, vec4<f32>(4.1665795894e-2));
  p = fma(p, r, vec4<f32>(1.6666665459e-1));
  p = fma(p, r, vec4<f32>(5.0000001201e-1));
  let power = (fma(p, r * r, r) + 1) * correction;
  // 2ᵏ⁻¹ by its bits, since 2¹²⁸ is no f32; the factor 2 goes to the other side.
  let exponent = max(vec4<i32>(k) + 126, vec4<i32>());
  return (power + power) * bitcast<vec4<f32>>(exponent << vec4<u32>(23));
}
