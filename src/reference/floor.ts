export const scalar = (x: number): number => Math.floor(x);
