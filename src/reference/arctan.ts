export const scalar = (x: number): number => Math.atan(x);
