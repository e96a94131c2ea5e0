export const scalar = (x: number): number => (Number.isNaN(x) ? x : x >= 0 ? 1 : 0);
