export const scalar = (a: number, b: number): number => Math.min(a, b);
