// lib/tally: what kernels count of a tensor's elements, in one pass over them, and how sums keep clear of f32's ends. Where
// the largest magnitude is ordinary, plain sums do: no square of it overflows, and what underflows beside it is nothing.
// Elsewhere, and where something is not finite, a second look scales by a power of two.

struct Tally {
  total: f32,
  magnitude: f32,
  squares: f32,
  largest: i32,              // bits of the largest magnitude; infinities and NaN are larger than any number's
  thousandth: i32,           // elements of magnitude below 1e-3
  hundredThousandth: i32,    // below 1e-5
}

const thousandthBits = 0x3a83126f;
const hundredThousandthBits = 0x3727c5ac;
const infinityBits = 0x7f800000;
// 2⁻⁴⁸ and 2⁵⁰: between them a thousand squares have an ordinary sum, and those that vanish in it are less than rounding.
const smallBits = 0x27800000;
const hugeBits = 0x58800000;

// Of a magnitude, signed: comparing those is cheaper on processors.
fn magnitude_bits(x: vec4<f32>) -> vec4<i32> {
  return bitcast<vec4<i32>>(x) & vec4(0x7fffffff);
}

fn sum_of(x: vec4<f32>) -> f32 {
  return (x.x + x.y) + (x.z + x.w);
}

fn count_of(x: vec4<bool>) -> i32 {
  let each = select(vec4(0), vec4(1), x);
  return (each.x + each.y) + (each.z + each.w);
}

fn largest_of(x: vec4<i32>) -> i32 {
  return max(max(x.x, x.y), max(x.z, x.w));
}

fn tally_with(known: Tally, x: vec4<f32>) -> Tally {
  let bits = magnitude_bits(x);
  return Tally(known.total + sum_of(x),
               known.magnitude + sum_of(bitcast<vec4<f32>>(bits)),
               known.squares + dot(x, x),
               max(known.largest, largest_of(bits)),
               known.thousandth + count_of(bits < vec4(thousandthBits)),
               known.hundredThousandth + count_of(bits < vec4(hundredThousandthBits)));
}

fn tally_with_run(known: Tally, x: mat4x4<f32>) -> Tally {
  return tally_with(tally_with(tally_with(tally_with(known, x[0]), x[1]), x[2]), x[3]);
}

// A run of which only the first `count` elements are there: the others are zeros, which are below everything.
fn tally_with_some(known: Tally, x: mat4x4<f32>, count: u32) -> Tally {
  var found = tally_with_run(known, first_of(x, count));
  found.thousandth -= 16 - i32(count);
  found.hundredThousandth -= 16 - i32(count);
  return found;
}

fn first_of(x: mat4x4<f32>, count: u32) -> mat4x4<f32> {
  let zeros = vec4<f32>();
  let lanes = vec4(0u, 1u, 2u, 3u);
  return mat4x4(select(zeros, x[0], lanes < vec4(count)), select(zeros, x[1], lanes + 4 < vec4(count)),
                select(zeros, x[2], lanes + 8 < vec4(count)), select(zeros, x[3], lanes + 12 < vec4(count)));
}

fn is_ordinary(found: Tally) -> bool {
  return found.largest == 0 || (found.largest >= smallBits && found.largest < hugeBits);
}

// What a second look finds: 2 to the exponent of the largest finite magnitude, and sums of the finite elements by it.
struct Scaled { bits: i32, nonFinite: i32, total: f32, magnitude: f32, squares: f32 }

fn scaled_start() -> Scaled {
  return Scaled(0, 0, 0, 0, 0);
}

// First for all elements: their largest, and how many are not finite.
fn scaled_find(known: Scaled, x: vec4<f32>) -> Scaled {
  var found = known;
  let bits = magnitude_bits(x);
  let infinite = bits >= vec4(infinityBits);
  found.nonFinite += count_of(infinite);
  found.bits = max(found.bits, largest_of(select(bits, vec4(0), infinite)));
  return found;
}

fn scaled_find_run(known: Scaled, x: mat4x4<f32>) -> Scaled {
  return scaled_find(scaled_find(scaled_find(scaled_find(known, x[0]), x[1]), x[2]), x[3]);
}

fn exponent_of(found: Scaled) -> i32 {
  return clamp(found.bits >> 23, 1, 253);
}

// x · 2^(exponent − 127), where that is no larger than f32 holds; 0 where it is below normal numbers. In integers: drivers
// may add before they scale and multiply before they divide, and overflow.
fn times_power(x: vec4<f32>, exponent: i32) -> vec4<f32> {
  let bits = bitcast<vec4<i32>>(x);
  let own = (bits >> vec4(23u)) & vec4(0xff);
  let raise = exponent - 127;
  let vanishes = (own == vec4(0)) | (own + raise < vec4(1));
  return select(bitcast<vec4<f32>>(bits + vec4(raise * 0x800000)), vec4<f32>(), vanishes);
}

// Then for all elements again: sums.
fn scaled_with(known: Scaled, x: vec4<f32>) -> Scaled {
  var found = known;
  let finite = select(x, vec4<f32>(), magnitude_bits(x) >= vec4(infinityBits));
  let small = times_power(finite, 254 - exponent_of(known));
  found.total += sum_of(small);
  found.magnitude += sum_of(abs(small));
  found.squares += dot(small, small);
  return found;
}

fn scaled_with_run(known: Scaled, x: mat4x4<f32>) -> Scaled {
  return scaled_with(scaled_with(scaled_with(scaled_with(known, x[0]), x[1]), x[2]), x[3]);
}

// What a part leaves: its elements, mean, mean magnitude and root of the mean square; then its largest magnitude, how many
// elements are below 1e-3 and 1e-5, and how many are not finite. None exceeds what the elements themselves are.
struct Found { means: vec4<f32>, counts: vec4<f32> }

fn ordinary_of(found: Tally, elements: f32) -> Found {
  // A part of nothing leaves zeros.
  let count = max(elements, 1);
  return Found(vec4(elements, found.total / count, found.magnitude / count, sqrt(found.squares / count)),
               vec4(bitcast<f32>(found.largest), f32(found.thousandth), f32(found.hundredThousandth), 0));
}

fn scaled_of(found: Tally, scaled: Scaled, elements: f32) -> Found {
  let small = vec4(scaled.total / elements, scaled.magnitude / elements, sqrt(scaled.squares / elements), 0);
  let means = times_power(small, exponent_of(scaled)).xyz;
  return Found(vec4(elements, means),
               vec4(bitcast<f32>(scaled.bits), f32(found.thousandth), f32(found.hundredThousandth),
                    f32(scaled.nonFinite)));
}
