// lib/compare: comparisons of four numbers by their bits, so that subnormal numbers count on adapters that would flush
// them, 0 and −0 are alike, and NaN is what no adapter can assume away: unequal to all, neither less nor greater.

// Integers in the order of the numbers that they stand for.
fn order_of4(x: vec4<f32>) -> vec4<i32> {
  let bits = bitcast<vec4<i32>>(x);
  let magnitude = bits & vec4<i32>(0x7fffffff);
  return select(magnitude, -magnitude, bits < vec4<i32>());
}

fn is_nan4(x: vec4<f32>) -> vec4<bool> {
  return (bitcast<vec4<u32>>(x) & vec4<u32>(0x7fffffff)) > vec4<u32>(0x7f800000);
}

fn comparable4(a: vec4<f32>, b: vec4<f32>) -> vec4<bool> {
  return !(is_nan4(a) | is_nan4(b));
}

fn mask4(condition: vec4<bool>) -> vec4<f32> {
  return select(vec4<f32>(), vec4<f32>(1), condition);
}
