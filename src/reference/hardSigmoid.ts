export const scalar = (x: number): number => Math.min(Math.max(x / 6 + 0.5, 0), 1);
