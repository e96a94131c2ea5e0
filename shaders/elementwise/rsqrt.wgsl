// elementwise/rsqrt: 1 / √x: ±∞ for ±0, NaN for NaN and below 0, by the bits. Of a subnormal number, which an adapter may
// take for 0, by its mantissa as an integer m: 2^74.5 / √m.

fn op_rsqrt(x: vec4<f32>) -> vec4<f32> {
  let bits = bitcast<vec4<u32>>(x);
  let nan = bitcast<vec4<f32>>(bits | vec4<u32>(0x7fc00000));
  let infinity = bitcast<vec4<f32>>(bits | vec4<u32>(0x7f800000));
  let subnormal = bits < vec4<u32>(0x00800000);
  let magnitude = select(x, vec4<f32>(bits & vec4<u32>(0x007fffff)), subnormal);
  let root = sqrt(magnitude);
  let usual = select(1 / root, 2.6713739e22 / root, subnormal);
  let finite = select(usual, vec4<f32>(), bits == vec4<u32>(0x7f800000));
  let real = select(finite, nan, bits > vec4<u32>(0x7f800000));
  return select(real, infinity, (bits & vec4<u32>(0x7fffffff)) == vec4<u32>());
}
