// elementwise/softsign: x / (1 + |x|). Beyond 10⁹ it is ±1 to f32, and the clamp keeps infinities from being divided.

fn op_softsign(x: vec4<f32>) -> vec4<f32> {
  let below = select(x, vec4<f32>(1e9), x > vec4<f32>(1e9));
  let kept = select(below, vec4<f32>(-1e9), below < vec4<f32>(-1e9));
  return kept / (1 + abs(kept));
}
