import type { Tensor } from "../graph/tensor.ts";
import type { Loss } from "../nn/losses.ts";
import { correct } from "../ops/correct.ts";
import { sum } from "../ops/sum.ts";

/** What a step records of its batch. */
export const batchColumns = ["loss", "correct"] as const;

export type BatchColumn = (typeof batchColumns)[number];

/** Sums over a batch; whoever reads them divides, which costs the device nothing. Ignored labels add nothing. */
export function batchSums(
  loss: Loss,
  prediction: Tensor,
  labels: Tensor,
): Readonly<Record<BatchColumn, Tensor>> {
  return { loss: sum(loss.perExample(prediction, labels)), correct: sum(correct(prediction, labels)) };
}
