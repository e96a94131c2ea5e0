// elementwise/erf: 2/√π · ∫₀ˣ e^(−t²) dt, as an odd rational function on ±3.83 (beyond, it rounds to ±1): off by 4e-7,
// relatively too, so that small arguments keep their digits. Clamped by `select`, which lets a NaN through.

fn op_erf(x: vec4<f32>) -> vec4<f32> {
  let limit = vec4<f32>(3.8325069);
  let below = select(x, limit, x > limit);
  let kept = select(below, -limit, below < -limit);
  let z = kept * kept;
  var p = fma(vec4<f32>(-2.72614225801306e-10), z, vec4<f32>(2.77068142495902e-08));
  p = fma(p, z, vec4<f32>(-2.10102402082508e-06));
  p = fma(p, z, vec4<f32>(-5.69250639462346e-05));
  p = fma(p, z, vec4<f32>(-7.34990630326855e-04));
  p = fma(p, z, vec4<f32>(-2.95459980854025e-03));
  p = fma(p, z, vec4<f32>(-1.60960333262415e-02));
  var q = fma(vec4<f32>(-1.45660718464996e-05), z, vec4<f32>(-2.13374055278905e-04));
  q = fma(q, z, vec4<f32>(-1.68282697438203e-03));
  q = fma(q, z, vec4<f32>(-7.37332916720468e-03));
  q = fma(q, z, vec4<f32>(-1.42647390514189e-02));
  let y = kept * p / q;
  // Rounding may step over ±1.
  let capped = select(y, vec4<f32>(1), y > vec4<f32>(1));
  return select(capped, vec4<f32>(-1), capped < vec4<f32>(-1));
}
