// elementwise/abs: |x|.

fn op_abs(x: vec4<f32>) -> vec4<f32> {
  return abs(x);
}
