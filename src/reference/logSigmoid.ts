export const scalar = (x: number): number => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
