export const scalar = (x: number): number => 1 / (1 + Math.exp(-x));
