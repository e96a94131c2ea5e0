// lib/trigonometry: sine and cosine of any finite number. The argument is reduced by quarter turns in integers, after M. Payne
// and R. Hanek, "Radian reduction for trigonometric functions", SIGNUM 1983: x times the bits of 2/π that matter. WGSL's own
// `sin` promises something between −π and π only.

//!include lib/philox.wgsl

// An angle from −π/4 to π/4, and quarter turns to be added to it.
struct Turned { angle: f32, quarters: u32 }

// |x|; `magnitude` are its bits.
fn turned(magnitude: u32) -> Turned {
  if (magnitude < 0x3f490fdb) { return Turned(bitcast<f32>(magnitude), 0); }
  // A word of zeros, then 2/π.
  let words = array<u32, 8>(0x00000000, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab);
  // |x| = mantissa · 2^(exponent − 150), and bits of 2/π that stand for multiples of 4 are left out.
  let start = min(magnitude >> 23, 254) - 120;
  let mantissa = (magnitude & 0x007fffff) | 0x00800000;
  let word = start / 32;
  let left = start % 32;
  let right = 31 - left;
  let first = (words[word] << left) | ((words[word + 1] >> 1) >> right);
  let second = (words[word + 1] << left) | ((words[word + 2] >> 1) >> right);
  let third = (words[word + 2] << left) | ((words[word + 3] >> 1) >> right);
  let high = multiply_high(vec2(mantissa), vec2(second, third));
  let low = mantissa * second + high.y;
  let top = mantissa * first + high.x + select(0u, 1u, low < high.y);
  // The two highest bits count quarter turns; the rest is a share of one, taken from −½ to ½. A share is π/2 · 2⁻³².
  let share = bitcast<i32>((top << 2) | (low >> 30));
  let angle = fma(f32(low << 2), 0x1p-32f, f32(share)) * 3.6572958e-10;
  return Turned(angle, ((top >> 29) + 1) / 2);
}

// sin(|x| + quarters · π/2), NaN for NaN and infinities.
fn sine_of(x: vec4<f32>, quarters: vec4<u32>) -> vec4<f32> {
  let magnitude = bitcast<vec4<u32>>(x) & vec4<u32>(0x7fffffff);
  let a = turned(magnitude.x);
  let b = turned(magnitude.y);
  let c = turned(magnitude.z);
  let d = turned(magnitude.w);
  let angle = vec4(a.angle, b.angle, c.angle, d.angle);
  let quarter = vec4(a.quarters, b.quarters, c.quarters, d.quarters) + quarters;
  let z = angle * angle;
  var p = fma(vec4<f32>(-1.9515295891e-4), z, vec4<f32>(8.3321608736e-3));
  p = fma(p, z, vec4<f32>(-1.6666654611e-1));
  let sine = fma(p * z, angle, angle);
  var q = fma(vec4<f32>(2.443315711809948e-5), z, vec4<f32>(-1.388731625493765e-3));
  q = fma(q, z, vec4<f32>(4.166664568298827e-2));
  let cosine = fma(q * z, z, fma(vec4<f32>(-0.5), z, vec4<f32>(1)));
  let value = bitcast<vec4<u32>>(select(sine, cosine, (quarter & vec4<u32>(1)) == vec4<u32>(1)));
  let signed = bitcast<vec4<f32>>(value ^ ((quarter & vec4<u32>(2)) << vec4<u32>(30)));
  let nan = bitcast<vec4<f32>>(magnitude | vec4<u32>(0x7fc00000));
  return select(signed, nan, magnitude >= vec4<u32>(0x7f800000));
}
