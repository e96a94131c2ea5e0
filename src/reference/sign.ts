export const scalar = (x: number): number => Math.sign(x);
