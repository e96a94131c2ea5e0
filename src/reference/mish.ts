/** Below −700 the factor is 0 to f64 as well; the limit at −∞ is 0. */
export const scalar = (x: number): number =>
  x < -700 ? -0 : x * Math.tanh(Math.log1p(Math.exp(Math.min(x, 700))));
