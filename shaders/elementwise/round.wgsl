// elementwise/round: the nearest integer, of two the even one.

fn op_round(x: vec4<f32>) -> vec4<f32> {
  return round(x);
}
