// elementwise/equal: 1 where a = b, else 0.

fn op_equal(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
  return select(vec4<f32>(), vec4<f32>(1), a == b);
}
