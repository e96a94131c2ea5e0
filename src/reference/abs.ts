export const scalar = (x: number): number => Math.abs(x);
