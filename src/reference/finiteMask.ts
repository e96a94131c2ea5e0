export const scalar = (x: number): number => (Number.isFinite(x) ? 1 : 0);
