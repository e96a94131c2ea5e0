// lib/philox: Philox 4×32-10, a counter-based generator (Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
// as easy as 1, 2, 3", SC 2011). The same bits as src/kernels/philox.ts on every adapter: u32 arithmetic wraps.

// High 32 bits of the 64-bit product of each pair. WGSL has no 64-bit multiply, so it is summed from 16-bit halves;
// no partial sum exceeds 32 bits.
fn multiply_high(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let half = vec2<u32>(16u);
  let mask = vec2<u32>(0xffffu);
  let a_low = a & mask;
  let a_high = a >> half;
  let b_low = b & mask;
  let b_high = b >> half;
  let middle = a_high * b_low + ((a_low * b_low) >> half);
  let carry = a_low * b_high + (middle & mask);
  return a_high * b_high + (middle >> half) + (carry >> half);
}

// Four random words: a bijection of the counter for each key.
fn philox(counter: vec4<u32>, key: vec2<u32>) -> vec4<u32> {
  let multiplier = vec2<u32>(0xd2511f53u, 0xcd9e8d57u);
  let weyl = vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  var words = counter;
  var round_key = key;
  for (var round = 0u; round < 10u; round++) {
    let even = words.xz;
    let low = multiplier * even;
    let high = multiply_high(multiplier, even);
    words = vec4<u32>(high.y ^ words.y ^ round_key.x, low.y, high.x ^ words.w ^ round_key.y, low.x);
    round_key += weyl;
  }
  return words;
}

// Uniform in [0, 1): the upper 24 bits of each word, exact in f32.
fn uniform01(bits: vec4<u32>) -> vec4<f32> {
  return vec4<f32>(bits >> vec4<u32>(8u)) * 0x1p-24f;
}
