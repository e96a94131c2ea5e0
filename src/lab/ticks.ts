/** A mark on an axis. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/**
 * Round values from 0 to at most `end`, about `count` of them: 1, 2 or 5 times a power of ten apart.
 * @param whole no fractions
 */
export function niceTicks(end: number, count: number, whole = false): Tick[] {
  const rough = end / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  const distance = whole ? Math.max(1, nice * power) : nice * power;
  const decimals = Math.max(0, -Math.floor(Math.log10(distance)));
  const ticks: Tick[] = [];
  for (let index = 0; index * distance <= end; index++) {
    const value = index * distance;
    ticks.push({
      value,
      label: value.toLocaleString("en-US", {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      }),
    });
  }
  return ticks;
}
