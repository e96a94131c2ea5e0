import { UsageError } from "../device/errors.ts";
import { RandomStream } from "../kernels/philox.ts";
import type { Dataset, Selectable } from "./dataset_types.ts";

/** How many examples `take(n)` gives. @throws UsageError unless n is an integer of at least 1 */
export function expectTaken({ name, count, unit }: Dataset, n: number): number {
  if (Number.isInteger(n) && n >= 1) return Math.min(n, count);
  throw new UsageError({
    where: `dataset(${name}).take`,
    problem: `wrong number of ${unit}`,
    got: String(n),
    expected: "an integer of at least 1",
  });
}

export interface SplitOptions {
  /** The share of examples that validation gets, above 0 and below 1. */
  readonly validation: number;
  /** Decides which: the same seed, the same split. 0 by default. */
  readonly seed?: number | bigint;
}

/** Draws of splits; initial parameters have the lower half of the host's streams, epochs the upper. */
const SPLIT_STREAM = 0x7fff_ffff;

/**
 * Divides a dataset at random into one to train with and one to validate with. Both have at least one example; within
 * each, the order is that of the dataset.
 * @throws UsageError where the share is not between 0 and 1, or there are not two examples
 */
export function split<Kind extends Dataset>(
  dataset: Selectable<Kind>,
  { validation, seed = 0 }: SplitOptions,
): { readonly train: Kind; readonly validation: Kind } {
  const { name, count, unit } = dataset;
  const where = `split(${name})`;
  if (!(validation > 0 && validation < 1)) {
    const expected = "a number between 0 and 1";
    throw new UsageError({ where, problem: "wrong share of validation", got: String(validation), expected });
  }
  if (count < 2) {
    throw new UsageError({
      where,
      problem: "too few to divide",
      got: `${count} ${unit}`,
      expected: "at least 2",
    });
  }
  const held = Math.min(count - 1, Math.max(1, Math.round(count * validation)));
  const order = new RandomStream(seed, SPLIT_STREAM).permutation(count);
  return {
    train: dataset.select(order.slice(held).sort(), `${name}/train`),
    validation: dataset.select(order.slice(0, held).sort(), `${name}/validation`),
  };
}
