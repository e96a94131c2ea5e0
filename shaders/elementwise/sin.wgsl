// elementwise/sin: sin(x + quarters · π/2) of any finite number: the sine for 0, the cosine for 1, their negatives.

//!include lib/trigonometry.wgsl

fn op_sin(x: vec4<f32>, quarters: vec4<f32>) -> vec4<f32> {
  let number = vec4<u32>(quarters);
  let value = bitcast<vec4<u32>>(sine_of(x, number));
  // Odd in x where the number is even.
  let sign = bitcast<vec4<u32>>(x) & vec4<u32>(0x80000000);
  return bitcast<vec4<f32>>(value ^ select(vec4<u32>(), sign, (number & vec4<u32>(1)) == vec4<u32>()));
}
