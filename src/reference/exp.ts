/** The cap belongs to the op: beyond it f32 would overflow. */
export const scalar = (x: number): number => Math.exp(Math.min(x, 88.71875));
