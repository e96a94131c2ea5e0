// lib/softplus: log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|), which overflows nowhere. `select` lets a NaN through.

//!include lib/exp.wgsl
//!include lib/log1p.wgsl

fn softplus_of(x: vec4<f32>) -> vec4<f32> {
  return select(x, vec4<f32>(), x < vec4<f32>()) + honest_log1p(finite_exp(-abs(x)));
}
