export const scalar = (x: number): number => (x <= -3 ? 0 : (x * Math.min(x + 3, 6)) / 6);
