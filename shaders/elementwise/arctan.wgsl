// elementwise/arctan: the inverse tangent, by its series on ±tan(π/8); beyond, arctan x = π/4 + arctan((x − 1) / (x + 1)), and
// above tan(3π/8) π/2 − arctan(1/x). Relatively right to 3 ulp, where WGSL's own `atan` may be off by 4096.

fn op_arctan(x: vec4<f32>) -> vec4<f32> {
  // Beyond 10⁹ it is ±π/2 to f32.
  let size = select(abs(x), vec4<f32>(1e9), abs(x) > vec4<f32>(1e9));
  let far = size > vec4<f32>(2.4142136);
  let middle = size > vec4<f32>(0.41421356);
  let numerator = select(select(size, size - 1, middle), vec4<f32>(-1), far);
  let denominator = select(select(vec4<f32>(1), size + 1, middle), size, far);
  let base = select(select(vec4<f32>(), vec4<f32>(0.78539816), middle), vec4<f32>(1.5707963), far);
  let t = numerator / denominator;
  let z = t * t;
  var p = fma(vec4<f32>(8.05374449538e-2), z, vec4<f32>(-1.38776856032e-1));
  p = fma(p, z, vec4<f32>(1.99777106478e-1));
  p = fma(p, z, vec4<f32>(-3.33329491539e-1));
  let y = base + fma(p * z, t, t);
  // Copies the sign; a NaN is in y already.
  return bitcast<vec4<f32>>(bitcast<vec4<u32>>(y) | (bitcast<vec4<u32>>(x) & vec4<u32>(0x80000000)));
}
