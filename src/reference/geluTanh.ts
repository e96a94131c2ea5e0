/** The limit at −∞ is 0. */
export function scalar(x: number): number {
  if (x < -30) return -0;
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
}
