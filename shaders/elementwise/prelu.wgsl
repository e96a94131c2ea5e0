// elementwise/prelu: x where x ≥ 0, else slope · x.

fn op_prelu(x: vec4<f32>, slope: vec4<f32>) -> vec4<f32> {
  return select(x, slope * x, x < vec4<f32>());
}
