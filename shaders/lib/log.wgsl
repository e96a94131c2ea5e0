// lib/log: the natural logarithm: −∞ for 0, NaN for NaN and below 0, where WGSL lets its own `log` make a number of them.
// The odd ones are made of bits at run time, since WGSL has no constants for them; a subnormal number, which an adapter
// may take for 0, is its mantissa as an integer less 149 · log 2.

fn honest_log(x: vec4<f32>) -> vec4<f32> {
  let bits = bitcast<vec4<u32>>(x);
  let nan = bitcast<vec4<f32>>(bits | vec4<u32>(0x7fc00000));
  let negative_infinity = bitcast<vec4<f32>>(bits | vec4<u32>(0xff800000));
  let subnormal = bits < vec4<u32>(0x00800000);
  let magnitude = select(x, vec4<f32>(bits & vec4<u32>(0x007fffff)), subnormal);
  let usual = log(magnitude) - select(vec4<f32>(), vec4<f32>(103.27893), subnormal);
  // As unsigned numbers: +∞ is its own logarithm, NaN lies above it, and all that is negative above that.
  let finite = select(usual, x, bits == vec4<u32>(0x7f800000));
  let real = select(finite, nan, bits > vec4<u32>(0x7f800000));
  return select(real, negative_infinity, (bits & vec4<u32>(0x7fffffff)) == vec4<u32>());
}
