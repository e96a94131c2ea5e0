/** Without a bound where has… is 0. */
export function scalar(x: number, low: number, high: number, hasLow: number, hasHigh: number): number {
  const raised = hasLow === 0 ? x : Math.max(x, low);
  return hasHigh === 0 ? raised : Math.min(raised, high);
}
