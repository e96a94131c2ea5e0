// elementwise/hardSigmoid: x / 6 + ½ held between 0 and 1. `select` lets a NaN through.

fn op_hardSigmoid(x: vec4<f32>) -> vec4<f32> {
  let y = fma(x, vec4<f32>(0.16666667), vec4<f32>(0.5));
  let raised = select(y, vec4<f32>(), y < vec4<f32>());
  return select(raised, vec4<f32>(1), raised > vec4<f32>(1));
}
