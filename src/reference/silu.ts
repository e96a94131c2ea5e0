export const scalar = (x: number): number => x / (1 + Math.exp(-x));
