// elementwise/square: x².

fn op_square(x: vec4<f32>) -> vec4<f32> {
  return x * x;
}
