// elementwise/relu: max(x, 0). `select` lets a NaN through, where `max` may swallow it.

fn op_relu(x: vec4<f32>) -> vec4<f32> {
  return select(x, vec4<f32>(), x < vec4<f32>());
}
