// elementwise/sqrt: √x; NaN below 0, by the bits: WGSL lets its own `sqrt` make a number of what is negative.

fn op_sqrt(x: vec4<f32>) -> vec4<f32> {
  let bits = bitcast<vec4<u32>>(x);
  let nan = bitcast<vec4<f32>>(bits | vec4<u32>(0x7fc00000));
  // As unsigned numbers: NaN lies above +∞, −0 above that, and all that is negative above −0.
  return select(select(sqrt(x), nan, bits > vec4<u32>(0x7f800000)), x, bits == vec4<u32>(0x80000000));
}
