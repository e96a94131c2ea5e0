export const scalar = (x: number): number => (x < 0 ? 0 : x);
