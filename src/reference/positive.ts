export const scalar = (x: number): number => (x > 0 ? 1 : 0);
