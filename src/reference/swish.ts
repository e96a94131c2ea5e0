/** Where the exponential is 0 to f64, so is the limit. */
export function scalar(x: number, beta: number): number {
  const z = beta * x;
  const power = Math.exp(-Math.abs(z));
  if (z >= 0 || Number.isNaN(z)) return x / (1 + power);
  return power === 0 ? 0 : (x * power) / (1 + power);
}
