// elementwise/cast: x as it is: what is loaded is f32, and what is stored is converted by the kernel.

fn op_cast(x: vec4<f32>) -> vec4<f32> {
  return x;
}
