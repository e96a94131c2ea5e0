// elementwise/positive: 1 where x > 0, else 0.

fn op_positive(x: vec4<f32>) -> vec4<f32> {
  return select(vec4<f32>(), vec4<f32>(1), x > vec4<f32>());
}
