const blocks = "▁▂▃▄▅▆▇█";

/** How values become heights. */
export interface SparklineOptions {
  /** Characters at most. */
  readonly width: number;
  /** Heights by the logarithm: for norms, which differ by powers of ten. */
  readonly logarithmic?: boolean;
}

/**
 * Values as a line of blocks, the least lowest. Where there are more than fit, each character is a mean. What is missing
 * is a space, what is infinite `!`, and of a logarithm what is 0 the lowest block.
 */
export function sparkline(
  values: readonly (number | null)[],
  { width, logarithmic = false }: SparklineOptions,
): string {
  const heights = bucketed(values, width).map((value) =>
    value === null || !logarithmic ? value : value > 0 ? Math.log10(value) : Number.NEGATIVE_INFINITY,
  );
  const finite = heights.filter((value): value is number => value !== null && Number.isFinite(value));
  const least = Math.min(...finite);
  const range = Math.max(...finite) - least;
  return heights
    .map((value) => {
      if (value === null) return " ";
      if (value === Number.NEGATIVE_INFINITY && logarithmic) return blocks[0];
      if (!Number.isFinite(value)) return "!";
      const share = range > 0 ? (value - least) / range : 0.5;
      return blocks[Math.min(blocks.length - 1, Math.floor(share * blocks.length))];
    })
    .join("");
}

/** Means of equal parts, where there are more values than places. */
function bucketed(values: readonly (number | null)[], width: number): (number | null)[] {
  if (values.length <= width) return [...values];
  return Array.from({ length: width }, (_, place) => {
    const from = Math.floor((place * values.length) / width);
    const to = Math.floor(((place + 1) * values.length) / width);
    const present = values.slice(from, to).filter((value) => value !== null);
    if (present.length === 0) return null;
    return present.reduce((sum, value) => sum + value, 0) / present.length;
  });
}
