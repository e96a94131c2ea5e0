export const scalar = (a: number, b: number): number => (a === b ? 0 : 1);
