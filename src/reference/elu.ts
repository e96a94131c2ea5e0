export const scalar = (x: number, scale: number, below: number, rate: number): number =>
  x > 0 ? scale * x : below * Math.expm1(rate * x);
