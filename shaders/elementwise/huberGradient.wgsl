// elementwise/huberGradient: prediction − target, held within ±delta.

//!include lib/huber.wgsl

fn op_huberGradient(prediction: vec4<f32>, target_value: vec4<f32>, delta: vec4<f32>) -> vec4<f32> {
  return held_within(prediction - target_value, delta);
}
