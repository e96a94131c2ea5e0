// elementwise/neg: −x.

fn op_neg(x: vec4<f32>) -> vec4<f32> {
  return -x;
}
