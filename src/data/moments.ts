/** The mean and the variance, dividing by the count, of each column of numbers row after row. */
export interface ColumnMoments {
  readonly means: number[];
  readonly variances: number[];
}

/** In f64, by Welford's recurrence (Technometrics 4, 1962), which is exact far from 0 as well. */
export function columnMoments(values: Float32Array | Uint8Array, width: number): ColumnMoments {
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let at = 0; at < values.length; at++) {
    const column = at % width;
    const before = means[column] ?? 0;
    const value = values[at] ?? 0;
    const distance = value - before;
    const mean = before + distance / (Math.floor(at / width) + 1);
    means[column] = mean;
    squares[column] = (squares[column] ?? 0) + distance * (value - mean);
  }
  const variances = Array.from(squares, (sum) => (sum * width) / values.length);
  return { means: [...means], variances };
}
