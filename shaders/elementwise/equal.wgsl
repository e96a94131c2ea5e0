// elementwise/equal: 1 where a = b, else 0.

//!include lib/compare.wgsl

fn op_equal(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
  return mask4((order_of4(a) == order_of4(b)) & comparable4(a, b));
}
