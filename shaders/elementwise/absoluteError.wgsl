// elementwise/absoluteError: |prediction − target|.

fn op_absoluteError(prediction: vec4<f32>, target_value: vec4<f32>) -> vec4<f32> {
  return abs(prediction - target_value);
}
