/** Half to even; infinities and NaN leave by the first return, since their rest is no number. */
export function scalar(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (!(rest >= 0.5)) return below;
  return rest > 0.5 || below % 2 !== 0 ? below + 1 : below;
}
