import { UsageError } from "../device/errors.ts";

/**
 * The variance of each `window` values in a row, dividing by `window`: result[i] is that of values[i … i + window − 1]. Of a
 * trace of mini-batch losses, it shows how noisy training is. Each window is summed anew around its own mean, so that
 * nothing builds up.
 * @returns values.length − window + 1 numbers; none where there are fewer values than a window has
 * @throws UsageError unless the window is an integer of at least 1
 */
export function rollingVariance(values: ArrayLike<number>, window: number): Float64Array {
  if (!Number.isInteger(window) || window < 1) {
    const expected = "an integer of at least 1";
    throw new UsageError({
      where: "rollingVariance",
      problem: "wrong window",
      got: String(window),
      expected,
    });
  }
  return Float64Array.from({ length: Math.max(0, values.length - window + 1) }, (_, start) => {
    const own = Array.from({ length: window }, (_, at) => values[start + at] ?? Number.NaN);
    const mean = total(own) / window;
    return total(own.map((value) => (value - mean) ** 2)) / window;
  });
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
