// elementwise/positive: 1 where x > 0, else 0, by its bits: from the smallest subnormal number to infinity.

fn op_positive(x: vec4<f32>) -> vec4<f32> {
  return select(vec4<f32>(), vec4<f32>(1), bitcast<vec4<u32>>(x) - 1 < vec4<u32>(0x7f800000));
}
