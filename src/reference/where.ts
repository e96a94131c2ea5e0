export const scalar = (condition: number, a: number, b: number): number => (condition === 0 ? b : a);
