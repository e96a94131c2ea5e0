// elementwise/div: a / b.

fn op_div(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
  return a / b;
}
