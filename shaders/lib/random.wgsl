// lib/random: the random words of a step, and numbers made of them. RandomStream with a step gives the same on the host.

//!include lib/atanh.wgsl
//!include lib/philox.wgsl
//!include lib/step.wgsl

// Four words of the step's stream. The last word of the counter sets them apart from what dropout and the host draw.
fn random_words(block: u32, stream: u32) -> vec4<u32> {
  return philox(vec4<u32>(block, step.index, stream, 2), vec2<u32>(step.seed_low, step.seed_high));
}

// −log((word + 1) · 2⁻³²). Above ½ from the distance to 1, which keeps the digits that rounding to f32 would take.
fn negative_log(words: vec4<u32>) -> vec4<f32> {
  let near = words > vec4<u32>(0x7fffffff);
  let distance = vec4<f32>(~words) * 0x1p-32f;
  let small = twice_atanh(select(vec4<f32>(), distance / (2 - distance), near));
  return select(-log((vec4<f32>(words) + 1) * 0x1p-32f), small, near);
}

// Cosine and sine of 2π · word · 2⁻³² for the words of y and w, as (cos, sin, cos, sin): by the quarter of the circle
// that is nearest, and polynomials on ±π/4.
fn circle(words: vec4<u32>) -> vec4<f32> {
  let quarter = ((words + 0x20000000) >> vec4<u32>(30)) & vec4<u32>(3);
  let angle = vec4<f32>(bitcast<vec4<i32>>(words - (quarter << vec4<u32>(30)))) * 1.4629180792671596e-9;
  let z = angle * angle;
  let sines = angle + angle * z * ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1);
  let cosines = 1 - 0.5 * z + z * z * ((2.443315712e-5 * z - 1.388731625e-3) * z + 4.166664568e-2);
  let turned = (quarter & vec4<u32>(1)) == vec4<u32>(1);
  let x = select(cosines, sines, turned);
  let y = select(sines, cosines, turned);
  let left = (quarter == vec4<u32>(1)) | (quarter == vec4<u32>(2));
  let below = quarter > vec4<u32>(1);
  let cosine = select(x, -x, left);
  let sine = select(y, -y, below);
  return vec4<f32>(cosine.y, sine.y, cosine.w, sine.w);
}

// Standard normal numbers by the method of Box and Muller: words x and z give radii, y and w angles.
fn normal_of(words: vec4<u32>) -> vec4<f32> {
  return sqrt(2 * negative_log(words)).xxzz * circle(words);
}

// Standard normal numbers within ±2, one a word: the inverse of the distribution function, √2 · erf⁻¹, of a uniform
// number of 24 bits. Giles, "Approximating the erfinv function", 2010: one polynomial reaches beyond ±2.
fn truncated_normal_of(words: vec4<u32>) -> vec4<f32> {
  let odd = vec4<i32>(2 * (words >> vec4<u32>(8)) + 1) - 0x1000000;
  let x = vec4<f32>(odd) * 0x1p-24f * 0.95449974;
  let w = -log((1 - x) * (1 + x)) - 2.5;
  var p = fma(vec4<f32>(2.81022636e-08), w, vec4<f32>(3.43273939e-07));
  p = fma(p, w, vec4<f32>(-3.5233877e-06));
  p = fma(p, w, vec4<f32>(-4.39150654e-06));
  p = fma(p, w, vec4<f32>(0.00021858087));
  p = fma(p, w, vec4<f32>(-0.00125372503));
  p = fma(p, w, vec4<f32>(-0.00417768164));
  p = fma(p, w, vec4<f32>(0.246640727));
  p = fma(p, w, vec4<f32>(1.50140941));
  return 1.41421356 * p * x;
}
