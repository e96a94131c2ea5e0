export const scalar = (a: number, b: number): number => (a <= b ? 1 : 0);
