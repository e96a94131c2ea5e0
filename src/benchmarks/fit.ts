/** A power law through some points: y ∝ x^exponent. */
export interface PowerFit {
  readonly exponent: number;
  /** y at x = 1 by the fit. */
  readonly factor: number;
  /** The x of the first and of the last point that it goes through. */
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

/**
 * Least squares in logarithms over the upper half of the points: below it, what every run costs hides the law.
 * @param points positive, in rising order of x
 * @returns null where there are fewer than two points
 */
export function fitPower(points: readonly (readonly [x: number, y: number])[]): PowerFit | null {
  const upper = points.slice(-Math.max(2, Math.ceil(points.length / 2)));
  const [first, last] = [upper[0], upper.at(-1)];
  if (!first || !last || upper.length < 2) return null;
  const logs = upper.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (axis: 0 | 1) => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const exponent = covariance / variance;
  const factor = Math.exp(meanY - exponent * meanX);
  return { exponent, factor, from: first[0], to: last[0], points: upper.length };
}
