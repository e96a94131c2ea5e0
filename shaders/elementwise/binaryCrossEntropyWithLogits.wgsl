// elementwise/binaryCrossEntropyWithLogits: weight · t · log(1 + e⁻ˣ) + (1 − t) · log(1 + eˣ), where only
// log(1 + e^(−|x|)) is computed: the rest of each logarithm is −x or x where that is positive, else 0.

//!include lib/atanh.wgsl
//!include lib/exp.wgsl

fn op_binaryCrossEntropyWithLogits(x: vec4<f32>, t: vec4<f32>, weight: vec4<f32>) -> vec4<f32> {
  let power = finite_exp(-abs(x));
  let small = twice_atanh(power / (2 + power));
  let above = select(vec4<f32>(), x, x > vec4<f32>());
  let below = select(vec4<f32>(), -x, x < vec4<f32>());
  return weight * t * (small + below) + (1 - t) * (small + above);
}
