/** The limits at the infinities are ±1. */
export const scalar = (x: number): number =>
  Math.abs(x) === Number.POSITIVE_INFINITY ? Math.sign(x) : x / (1 + Math.abs(x));
