// elementwise/broadcastTo: x; the kernel around it repeats the elements.

fn op_broadcastTo(x: vec4<f32>) -> vec4<f32> {
  return x;
}
