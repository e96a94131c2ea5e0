// lib/huber: an error held within ±delta by `select`, which lets a NaN through.

fn held_within(error: vec4<f32>, delta: vec4<f32>) -> vec4<f32> {
  let capped = select(error, delta, error > delta);
  return select(capped, -delta, capped < -delta);
}
