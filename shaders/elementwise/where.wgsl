// elementwise/where: a where the condition's bits say that it is not 0, else b.

fn op_where(condition: vec4<f32>, a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
  return select(a, b, (bitcast<vec4<u32>>(condition) & vec4<u32>(0x7fffffff)) == vec4<u32>());
}
