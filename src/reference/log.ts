export const scalar = (x: number): number => Math.log(x);
