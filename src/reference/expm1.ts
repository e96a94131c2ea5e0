/** The cap belongs to the op, as to exp. */
export const scalar = (x: number): number => Math.expm1(Math.min(x, 88.71875));
