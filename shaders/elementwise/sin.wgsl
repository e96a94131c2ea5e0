// elementwise/sin: the sine of any finite number.

//!include lib/trigonometry.wgsl

fn op_sin(x: vec4<f32>) -> vec4<f32> {
  let positive = bitcast<vec4<u32>>(sine_of(x, 0));
  return bitcast<vec4<f32>>(positive ^ (bitcast<vec4<u32>>(x) & vec4<u32>(0x80000000)));
}
