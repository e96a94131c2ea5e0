// elementwise/hardSwish: x · relu6(x + 3) / 6: 0 below −3, x above 3.

fn op_hardSwish(x: vec4<f32>) -> vec4<f32> {
  let kept = select(x, vec4<f32>(-3), x < vec4<f32>(-3));
  let share = fma(kept, vec4<f32>(0.16666667), vec4<f32>(0.5));
  return select(kept * share, x, x > vec4<f32>(3));
}
