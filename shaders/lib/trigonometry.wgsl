// lib/trigonometry: sine and cosine of any finite number. The argument is reduced by quarter turns in integers, after M. Payne
// and R. Hanek, "Radian reduction for trigonometric functions", SIGNUM 1983: x times the bits of 2/π that matter. WGSL's own
// `sin` promises something between −π and π only, and compilers undo reductions in several floating point steps.

// An angle from −π/4 to π/4, and quarter turns to be added to it.
struct Turned { angle: vec4<f32>, quarters: vec4<u32> }

// High 32 bits of the product of a number below 2²⁴ and another.
fn high_product(mantissa: vec4<u32>, word: vec4<u32>) -> vec4<u32> {
  let half = vec4<u32>(16);
  let mask = vec4<u32>(0xffff);
  let a_low = mantissa & mask;
  let a_high = mantissa >> half;
  let b_low = word & mask;
  let b_high = word >> half;
  // Neither sum reaches 2³²: a_high is below 2⁸.
  let middle = a_high * b_low + ((a_low * b_low) >> half);
  let carry = a_low * b_high + (middle & mask);
  return a_high * b_high + (middle >> half) + (carry >> half);
}

// |x| less the nearest multiple of π/2, and that multiple's number mod 4; `magnitude` are the bits of |x|.
fn turned(magnitude: vec4<u32>) -> Turned {
  // |x| = mantissa · 2^(exponent − 150). Bits of 2/π that stand for multiples of 4 are left out.
  let start = clamp(magnitude >> vec4<u32>(23), vec4<u32>(120), vec4<u32>(254)) - 120;
  let mantissa = (magnitude & vec4<u32>(0x007fffff)) | vec4<u32>(0x00800000);
  // A word of zeros, then 2/π.
  let words = array<u32, 7>(0x00000000, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041);
  var a = vec4<u32>(words[0]);
  var b = vec4<u32>(words[1]);
  var c = vec4<u32>(words[2]);
  // From 2²⁵ on.
  if (any(start >= vec4<u32>(32))) {
    for (var word = 1u; word < 5; word++) {
      let here = (start >> vec4<u32>(5)) == vec4<u32>(word);
      a = select(a, vec4<u32>(words[word]), here);
      b = select(b, vec4<u32>(words[word + 1]), here);
      c = select(c, vec4<u32>(words[word + 2]), here);
    }
  }
  let one = vec4<u32>(1);
  let left = start & vec4<u32>(31);
  let right = 31 - left;
  let first = (a << left) | ((b >> one) >> right);
  let second = (b << left) | ((c >> one) >> right);
  // What follows these 64 bits is below 2⁻³⁸ of a quarter turn.
  let low = mantissa * second;
  let top = mantissa * first + high_product(mantissa, second);
  // The two highest bits count quarter turns; the rest is a share of one, taken from −½ to ½, in units of π/2 · 2⁻³².
  let share = bitcast<vec4<i32>>((top << vec4<u32>(2)) | (low >> vec4<u32>(30)));
  let rest = vec4<f32>(low << vec4<u32>(2)) * 0x1p-32f;
  let angle = (vec4<f32>(share) + rest) * 3.6572953e-10;
  let near = magnitude < vec4<u32>(0x3f490fdb);
  let quarters = ((top >> vec4<u32>(29)) + 1) >> one;
  return Turned(select(angle, bitcast<vec4<f32>>(magnitude), near), select(quarters, vec4<u32>(), near));
}

// sin(|x| + quarters · π/2), NaN for NaN and infinities.
fn sine_of(x: vec4<f32>, quarters: vec4<u32>) -> vec4<f32> {
  let magnitude = bitcast<vec4<u32>>(x) & vec4<u32>(0x7fffffff);
  let reduced = turned(magnitude);
  let quarter = reduced.quarters + quarters;
  let angle = reduced.angle;
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
