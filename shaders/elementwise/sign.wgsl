// elementwise/sign: 1 above 0, −1 below, else x, by its bits: a subnormal number has a sign on every adapter.

fn op_sign(x: vec4<f32>) -> vec4<f32> {
  let bits = bitcast<vec4<u32>>(x);
  let unit = bitcast<vec4<f32>>((bits & vec4<u32>(0x80000000)) | vec4<u32>(0x3f800000));
  // From 1 to the infinity's: neither 0 nor NaN.
  let signed = (bits & vec4<u32>(0x7fffffff)) - 1 < vec4<u32>(0x7f800000);
  return select(x, unit, signed);
}
