export const scalar = (x: number): number => Math.log1p(x);
