// elementwise/sqrt: √x.

fn op_sqrt(x: vec4<f32>) -> vec4<f32> {
  return sqrt(x);
}
