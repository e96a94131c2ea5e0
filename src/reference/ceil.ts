export const scalar = (x: number): number => Math.ceil(x);
