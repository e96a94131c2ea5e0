// elementwise/geluTanh: x · σ(2 · √(2/π) · (x + 0.044715 · x³)). Beyond ±12 it is x or 0 to f32, and x³ must not overflow.

//!include lib/exp.wgsl

fn op_geluTanh(x: vec4<f32>) -> vec4<f32> {
  let above = select(x, vec4<f32>(-12), x < vec4<f32>(-12));
  let kept = select(above, vec4<f32>(12), above > vec4<f32>(12));
  let power = finite_exp(-1.5957691 * kept * fma(kept * kept, vec4<f32>(0.044715), vec4<f32>(1)));
  return above / (1 + power);
}
