// elementwise/reciprocal: 1 / x. Below 2⁻¹²⁸ it leaves f32, and is ±∞ by the bits, 1 / ±0 as well; what is left of the
// subnormal numbers, which an adapter may take for 0, goes by the mantissa as an integer m: 2¹⁴⁹ / m.

fn op_reciprocal(x: vec4<f32>) -> vec4<f32> {
  let bits = bitcast<vec4<u32>>(x);
  let magnitude = bits & vec4<u32>(0x7fffffff);
  let sign = bits & vec4<u32>(0x80000000);
  let subnormal = 0x1p75f / vec4<f32>(max(magnitude, vec4<u32>(0x00200000))) * 0x1p74f;
  let infinity = bitcast<vec4<f32>>(sign | vec4<u32>(0x7f800000));
  let signed = bitcast<vec4<f32>>(bitcast<vec4<u32>>(subnormal) | sign);
  let usual = select(1 / x, signed, magnitude < vec4<u32>(0x00800000));
  return select(usual, infinity, magnitude <= vec4<u32>(0x00200000));
}
