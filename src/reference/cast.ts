export const scalar = (x: number): number => x;
