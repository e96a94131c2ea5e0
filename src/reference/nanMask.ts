export const scalar = (x: number): number => (Number.isNaN(x) ? 1 : 0);
