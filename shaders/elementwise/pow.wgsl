// elementwise/pow: baseᵉˣᵖᵒⁿᵉⁿᵗ = 2^(exponent · log₂ |base|) with C's rules for signs, zeros, infinities and NaN.
// The logarithm needs more digits than f32 has: it is a sum of two numbers, the first of 12 bits, so that products are exact.
// After e_powf.c of FreeBSD's msun (K. C. Ng, J. Darcy), which cuts numbers by their bits, as no compiler can undo. Right to
// a relative 5e-7.

fn upper_half(x: vec4<f32>) -> vec4<f32> {
  return bitcast<vec4<f32>>(bitcast<vec4<u32>>(x) & vec4<u32>(0xfffff000));
}

// log₂ of the positive finite number of these bits, as the sum of two.
fn log2_in_two(magnitude: vec4<u32>) -> array<vec4<f32>, 2> {
  let subnormal = magnitude < vec4<u32>(0x00800000);
  // A subnormal number is its mantissa as an integer · 2⁻¹⁴⁹.
  let bits = select(magnitude, bitcast<vec4<u32>>(vec4<f32>(magnitude)), subnormal);
  let fraction = bits & vec4<u32>(0x007fffff);
  // The mantissa lies about 1, below √(3/2), or about 3/2, below √3; above, it is halved.
  let high = fraction >= vec4<u32>(0x005db3d7);
  let middle = (fraction > vec4<u32>(0x001cc471)) & !high;
  let place = vec4<i32>(bits >> vec4<u32>(23)) - 127 - select(vec4<i32>(), vec4<i32>(149), subnormal);
  let n = vec4<f32>(place + select(vec4<i32>(), vec4<i32>(1), high));
  let m = bitcast<vec4<f32>>((fraction | vec4<u32>(0x3f800000)) - select(vec4<u32>(), vec4<u32>(0x00800000), high));
  let about = select(vec4<f32>(1), vec4<f32>(1.5), middle);
  // s = (m − about) / (m + about), in two.
  let difference = m - about;
  let inverse = 1 / (m + about);
  let s = difference * inverse;
  let s_high = upper_half(s);
  let sum_high = upper_half(m + about);
  let sum_low = m - (sum_high - about);
  let s_low = inverse * ((difference - s_high * sum_high) - s_high * sum_low);
  // log m − log about = 2 · artanh s = ⅔ · s · (3 + s² + …).
  let z = s * s;
  var r = fma(vec4<f32>(2.0697501302e-1), z, vec4<f32>(2.3066075146e-1));
  r = fma(r, z, vec4<f32>(2.7272811532e-1));
  r = fma(r, z, vec4<f32>(3.3333334327e-1));
  r = fma(r, z, vec4<f32>(4.2857143283e-1));
  r = fma(r, z, vec4<f32>(6.0000002384e-1));
  r = z * z * r + s_low * (s_high + s);
  let square = s_high * s_high;
  let t_high = upper_half(3 + square + r);
  let t_low = r - ((t_high - 3) - square);
  let u = s_high * t_high;
  let v = s_low * t_high + t_low * s;
  let p_high = upper_half(u + v);
  let p_low = v - (p_high - u);
  // · 2 / (3 · log 2), plus log₂ of what m lies about, plus the exponent.
  let z_high = 9.6191406250e-1 * p_high;
  let z_low = -1.1736857402e-4 * p_high + p_low * 9.6179670095e-1 + select(vec4<f32>(), vec4<f32>(1.56322085e-6), middle);
  let d = select(vec4<f32>(), vec4<f32>(5.84960938e-1), middle);
  let upper = upper_half(((z_high + z_low) + d) + n);
  return array(upper, z_low - (((upper - n) - d) - z_high));
}

// 2^(high + low) for sums from −160 to 160.
fn exp2_of(high: vec4<f32>, low: vec4<f32>) -> vec4<f32> {
  let n = floor(high + 0.5);
  let r = ((high - n) + low) * 0.69314718;
  var p = fma(vec4<f32>(1.9875691500e-4), r, vec4<f32>(1.3981999507e-3));
  p = fma(p, r, vec4<f32>(8.3334519073e-3));
  p = fma(p, r, vec4<f32>(4.1665795894e-2));
  p = fma(p, r, vec4<f32>(1.6666665459e-1));
  p = fma(p, r, vec4<f32>(5.0000001201e-1));
  let power = fma(p, r * r, r) + 1;
  // 2ⁿ in two factors, since neither 2¹²⁸ nor 2⁻¹⁵⁰ is a normal number.
  let first = vec4<i32>(n) >> vec4<u32>(1);
  let second = vec4<i32>(n) - first;
  let shift = vec4<u32>(23);
  return power * bitcast<vec4<f32>>((first + 127) << shift) * bitcast<vec4<f32>>((second + 127) << shift);
}

fn op_pow(base: vec4<f32>, exponent: vec4<f32>) -> vec4<f32> {
  let zero = vec4<f32>();
  let base_bits = bitcast<vec4<u32>>(base);
  let magnitude = base_bits & vec4<u32>(0x7fffffff);
  let size = bitcast<vec4<u32>>(exponent) & vec4<u32>(0x7fffffff);
  let negative = base_bits > vec4<u32>(0x7fffffff);
  let sinks = bitcast<vec4<u32>>(exponent) > vec4<u32>(0x7fffffff);
  let infinite = vec4<u32>(0x7f800000);
  let infinity = bitcast<vec4<f32>>(max(magnitude, infinite) & infinite);
  let logarithm = log2_in_two(clamp(magnitude, vec4<u32>(1), vec4<u32>(0x7f7fffff)));
  // Beyond ±160 the result is 0 or infinite.
  let rough = exponent * logarithm[0];
  let usual = abs(rough) < vec4<f32>(160);
  let kept = select(zero, exponent, usual);
  let upper = upper_half(kept);
  let low = (kept - upper) * logarithm[0] + kept * logarithm[1];
  let high = upper * logarithm[0];
  let above = select(rough >= vec4<f32>(160), (high - 128) + low >= zero, usual);
  var result = select(select(zero, exp2_of(high, low), usual), infinity, above);
  // The ends: 0 and ∞ to any power, then whatever to 0 and 1 to whatever.
  let end = (magnitude == vec4<u32>()) | (magnitude == infinite);
  let grows = (magnitude == infinite) != sinks;
  result = select(result, select(zero, infinity, grows), end);
  let one = (magnitude == vec4<u32>(0x3f800000)) & (size <= infinite);
  result = select(result, vec4<f32>(1), one);
  // Of a negative base the sign of an odd power; no number where the power is no integer. From 2²⁴ on all are even.
  let large = size >= vec4<u32>(0x4b800000);
  let small = select(exponent, zero, large);
  let integer = vec4<i32>(small);
  let whole = (vec4<f32>(integer) == small) & ((size == vec4<u32>()) | (size >= vec4<u32>(0x3f800000)));
  let odd = whole & ((integer & vec4<i32>(1)) != vec4<i32>());
  let signed = bitcast<vec4<f32>>(bitcast<vec4<u32>>(result) | (base_bits & vec4<u32>(0x80000000)));
  result = select(result, signed, odd);
  let nan = bitcast<vec4<f32>>(magnitude | vec4<u32>(0x7fc00000));
  let missing = (negative & !(whole | large) & !end) | (magnitude > infinite) | (size > infinite);
  result = select(result, nan, missing);
  return select(result, vec4<f32>(1), (size == vec4<u32>()) | (base_bits == vec4<u32>(0x3f800000)));
}
