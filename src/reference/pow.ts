/** C's rules, from which JavaScript's differ where the base is ±1 and the exponent infinite or NaN. */
export function scalar(base: number, exponent: number): number {
  if (base === 1 || exponent === 0) return 1;
  if (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) return 1;
  return base ** exponent;
}
