// elementwise/hardTanh: x held between low and high. `select` lets a NaN through.

fn op_hardTanh(x: vec4<f32>, low: vec4<f32>, high: vec4<f32>) -> vec4<f32> {
  let raised = select(x, low, x < low);
  return select(raised, high, raised > high);
}
