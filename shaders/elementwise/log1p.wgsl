// elementwise/log1p: log(1 + x).

//!include lib/log1p.wgsl

fn op_log1p(x: vec4<f32>) -> vec4<f32> {
  return honest_log1p(x);
}
