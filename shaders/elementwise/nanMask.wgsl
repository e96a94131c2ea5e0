// elementwise/nanMask: 1 where the bits are NaN's, else 0.

fn op_nanMask(x: vec4<f32>) -> vec4<f32> {
  let magnitude = bitcast<vec4<u32>>(x) & vec4<u32>(0x7fffffff);
  return select(vec4<f32>(), vec4<f32>(1), magnitude > vec4<u32>(0x7f800000));
}
