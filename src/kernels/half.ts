/**
 * Numbers of 16 bits as IEEE 754's binary16 has them, which WGSL calls f16: 11 significant bits, 65,504 the largest, 2⁻²⁴
 * the smallest. Node 20 has no Float16Array.
 */

const word = new DataView(new ArrayBuffer(8));

/** The nearest f16, of two equally near the even one; what rounds past 65,504 is infinite. */
export function roundToHalf(value: number): number {
  const size = Math.abs(value);
  if (!(size < 65_520)) return Number.isNaN(value) ? Number.NaN : Math.sign(value) * Number.POSITIVE_INFINITY;
  word.setFloat64(0, size);
  const exponent = Math.max((word.getUint16(0) >> 4) - 1023, -14);
  // At this size neighbouring f64 are as far apart as the f16 around the value, so that the sum rounds to one of those.
  const shift = 1.5 * 2 ** (exponent - 10 + 52);
  const rounded = size + shift - shift;
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}

/** The bits of the nearest f16. */
export function halfBits(value: number): number {
  const rounded = roundToHalf(value);
  const sign = rounded < 0 || Object.is(rounded, -0) ? 0x8000 : 0;
  const size = Math.abs(rounded);
  if (Number.isNaN(size)) return 0x7e00;
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | (size * 2 ** 24);
  word.setFloat64(0, size);
  const exponent = (word.getUint16(0) >> 4) - 1023;
  return sign | (((exponent + 14) << 10) + size * 2 ** (10 - exponent));
}

/** The number that bits of an f16 stand for, exactly. */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
