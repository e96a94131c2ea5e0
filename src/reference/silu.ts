/** The limit at −∞ is 0. */
export const scalar = (x: number): number => (x < -800 ? -0 : x / (1 + Math.exp(-x)));
