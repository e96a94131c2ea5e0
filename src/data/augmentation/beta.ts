/** Quantiles of the symmetric Beta distribution, on the host. */

/**
 * λ with P(Beta(α, α) < λ) = (i + ½) / count for i from 0 to count − 1: drawing one of them evenly is drawing of the distribution,
 * within 1 / (2 · count) of its cumulative probabilities.
 */
export function betaQuantiles(alpha: number, count: number): Float32Array {
  const quantiles = new Float32Array(count);
  for (let at = 0; at < Math.ceil(count / 2); at++) {
    const low = quantile((at + 0.5) / count, alpha);
    quantiles[at] = low;
    quantiles[count - 1 - at] = 1 - low;
  }
  return quantiles;
}

/** By bisection, below ½. */
function quantile(probability: number, alpha: number): number {
  let [low, high] = [0, 0.5];
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    if (betaProbability(middle, alpha) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(Beta(α, α) < x) for x ≤ ½: the regularised incomplete beta function by its continued fraction (Abramowitz and Stegun,
 * 26.5.8), evaluated by the method of Lentz (1976).
 */
export function betaProbability(x: number, alpha: number): number {
  if (x <= 0) return 0;
  const logFront = alpha * Math.log(x * (1 - x)) - logBeta(alpha) - Math.log(alpha);
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - (2 * alpha * x) / (alpha + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (alpha - m) * x) / ((alpha + 2 * m - 1) * (alpha + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(alpha + m) * (2 * alpha + m) * x) / ((alpha + 2 * m) * (alpha + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-14) break;
  }
  return Math.exp(logFront) * fraction;
}

/** log B(α, α) = 2 log Γ(α) − log Γ(2α). */
const logBeta = (alpha: number): number => 2 * logGamma(alpha) - logGamma(2 * alpha);

/** By Stirling's series from 10 on, and Γ(x) = Γ(x + 1) / x below. */
function logGamma(x: number): number {
  if (x < 10) return logGamma(x + 1) - Math.log(x);
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series;
}
