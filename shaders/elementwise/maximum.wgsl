// elementwise/maximum: the larger of a and b. By their bits, since WGSL's own `max` may swallow a NaN.

//!include lib/compare.wgsl

fn op_maximum(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
  let chosen = select(a, b, order_of4(a) < order_of4(b));
  return select(select(chosen, b, is_nan4(b)), a, is_nan4(a));
}
