import "../kernels/generated/movingAverage.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineFlatUpdate } from "./flat_update.ts";

export interface MovingAverageAttributes {
  /** How much of the average stays. */
  readonly decay: number;
  /** After t steps at most (1 + t) / (10 + t) of it. */
  readonly warmUp: boolean;
}

export const movingAverageOp = defineFlatUpdate<"movingAverage/movingAverage", MovingAverageAttributes>({
  name: "movingAverage",
  read: ["values"],
  overwritten: ["average"],
  file: "movingAverage/movingAverage",
  flops: 3,
  // 1 − decay in f32 has four digits; in f64 it has all that f32 holds.
  params: (vectors, { decay, warmUp }) => ({ vectors, take: 1 - decay, warm_up: warmUp ? 1 : 0 }),
});

/**
 * An exponential moving average: a ← a + (1 − d) · (x − a).
 * @param values flat, f32
 * @param average flat state of the same length
 * @returns the new average, in the storage of the old
 */
export function movingAverage(values: Tensor, average: Tensor, attributes: MovingAverageAttributes): Tensor {
  return apply(movingAverageOp, [values, average], attributes);
}
