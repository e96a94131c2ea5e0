export const scalar = (x: number): number => Math.sqrt(x);
