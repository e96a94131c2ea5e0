export const scalar = (x: number): number => Math.tanh(x);
