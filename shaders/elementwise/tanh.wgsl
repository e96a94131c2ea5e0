// elementwise/tanh: an odd rational function on ±7.9 (beyond, it rounds to ±1): off by 4e-7, relatively too, so that
// small arguments keep their digits. WGSL's own tanh may be off by 1e-5 and is indeterminate for large arguments.
// Clamped by `select`, which lets a NaN through.

fn op_tanh(x: vec4<f32>) -> vec4<f32> {
  let limit = vec4<f32>(7.9053111);
  let below = select(x, limit, x > limit);
  let kept = select(below, -limit, below < -limit);
  let z = kept * kept;
  var p = fma(vec4<f32>(-2.76076847742355e-16), z, vec4<f32>(2.00018790482477e-13));
  p = fma(p, z, vec4<f32>(-8.60467152213735e-11));
  p = fma(p, z, vec4<f32>(5.12229709037114e-08));
  p = fma(p, z, vec4<f32>(1.48572235717979e-05));
  p = fma(p, z, vec4<f32>(6.37261928875436e-04));
  p = fma(p, z, vec4<f32>(4.89352455891786e-03));
  var q = fma(vec4<f32>(1.19825839466702e-06), z, vec4<f32>(1.18534705686654e-04));
  q = fma(q, z, vec4<f32>(2.26843463243900e-03));
  q = fma(q, z, vec4<f32>(4.89352518554385e-03));
  let y = kept * p / q;
  // Rounding may step over ±1, and 1 − y² must not be negative.
  let capped = select(y, vec4<f32>(1), y > vec4<f32>(1));
  return select(capped, vec4<f32>(-1), capped < vec4<f32>(-1));
}
