export const scalar = (a: number, b: number): number => Math.max(a, b);
