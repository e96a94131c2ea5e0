// elementwise/softplus: log(1 + eˣ).

//!include lib/softplus.wgsl

fn op_softplus(x: vec4<f32>) -> vec4<f32> {
  return softplus_of(x);
}
