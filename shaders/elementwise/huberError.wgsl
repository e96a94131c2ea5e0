// elementwise/huberError: ½ · d² within ±delta, delta · (|d| − ½ · delta) beyond, of d = prediction − target: with d held
// within ±delta one product gives both.

//!include lib/huber.wgsl

fn op_huberError(prediction: vec4<f32>, target_value: vec4<f32>, delta: vec4<f32>) -> vec4<f32> {
  let error = prediction - target_value;
  let held = held_within(error, delta);
  return held * (error - 0.5 * held);
}
