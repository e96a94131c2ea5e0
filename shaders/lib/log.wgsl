// lib/log: the natural logarithm: −∞ for 0, NaN for NaN and below 0, where WGSL lets its own `log` make a number of them.
// The odd ones are made of bits at run time, since WGSL has no constants for them.

fn honest_log(x: vec4<f32>) -> vec4<f32> {
  let bits = bitcast<vec4<u32>>(x);
  let nan = bitcast<vec4<f32>>(bits | vec4<u32>(0x7fc00000));
  let negative_infinity = bitcast<vec4<f32>>(bits | vec4<u32>(0xff800000));
  // As unsigned numbers: NaN lies above +∞, and all that is negative above that.
  let usual = select(log(x), nan, bits > vec4<u32>(0x7f800000));
  return select(usual, negative_infinity, (bits & vec4<u32>(0x7fffffff)) == vec4<u32>());
}
