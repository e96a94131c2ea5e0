export const scalar = (x: number, slope: number): number => (x < 0 ? slope * x : x);
