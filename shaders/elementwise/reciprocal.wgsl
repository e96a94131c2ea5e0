// elementwise/reciprocal: 1 / x.

fn op_reciprocal(x: vec4<f32>) -> vec4<f32> {
  return 1 / x;
}
