/** The series without cancellation: 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!. Beyond 6, erf is ±1 to f64. */
export function scalar(x: number): number {
  if (!(Math.abs(x) < 6)) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
