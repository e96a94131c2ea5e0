// elementwise/clamp: min(max(x, low), high), where has_low and has_high are 1 for a bound that there is, else 0. `select`
// lets a NaN through.

fn op_clamp(x: vec4<f32>, low: vec4<f32>, high: vec4<f32>, has_low: vec4<f32>, has_high: vec4<f32>) -> vec4<f32> {
  let raised = select(x, low, (x < low) & (has_low > vec4<f32>()));
  return select(raised, high, (raised > high) & (has_high > vec4<f32>()));
}
