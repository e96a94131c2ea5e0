// elementwise/sub: a − b.

fn op_sub(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
  return a - b;
}
