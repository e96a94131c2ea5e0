// elementwise/binaryStep: 1 where x ≥ 0, else 0, NaN where it is NaN.

//!include lib/compare.wgsl

fn op_binaryStep(x: vec4<f32>) -> vec4<f32> {
  return select(mask4(order_of4(x) >= vec4<i32>()), x, is_nan4(x));
}
