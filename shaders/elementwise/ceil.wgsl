// elementwise/ceil: the smallest integer ≥ x. A positive subnormal number, which an adapter may take for 0, goes by its bits.

fn op_ceil(x: vec4<f32>) -> vec4<f32> {
  return select(ceil(x), vec4<f32>(1), bitcast<vec4<u32>>(x) - 1 < vec4<u32>(0x007fffff));
}
