// elementwise/sigmoid: 1 / (1 + e⁻ˣ), for x < 0 as eˣ / (1 + eˣ), so that it becomes 0 and not the smallest quotient.

//!include lib/exp.wgsl

fn op_sigmoid(x: vec4<f32>) -> vec4<f32> {
  let power = finite_exp(-abs(x));
  return select(vec4<f32>(1), power, x < vec4<f32>()) / (1 + power);
}
