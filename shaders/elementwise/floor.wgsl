// elementwise/floor: the largest integer ≤ x. A negative subnormal number, which an adapter may take for 0, goes by its bits.

fn op_floor(x: vec4<f32>) -> vec4<f32> {
  return select(floor(x), vec4<f32>(-1), bitcast<vec4<u32>>(x) - 0x80000001 < vec4<u32>(0x007fffff));
}
