export const scalar = (x: number): number => 1 / Math.sqrt(x);
