import type { Batch, Target } from "../data/dataset_types.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Loss } from "../nn/losses.ts";
import { argmax } from "../ops/argmax.ts";
import { correct } from "../ops/correct.ts";
import { mean } from "../ops/mean.ts";
import { meanAbsoluteError } from "../ops/meanAbsoluteError.ts";
import { sum } from "../ops/sum.ts";
import { where } from "../ops/where.ts";

/** What a step records of its batch: sums over its examples. The score is hits of labels, absolute errors of values. */
export const batchColumns = ["loss", "score"] as const;

export type BatchColumn = (typeof batchColumns)[number];

/** What of a batch its sums need. */
export type BatchTargets = Pick<Batch, "y" | "present">;

/** Sums over a batch; whoever reads them divides, which costs the device nothing. What is not there adds nothing. */
export function batchSums(
  loss: Loss,
  prediction: Tensor,
  { y, present }: BatchTargets,
): Readonly<Record<BatchColumn, Tensor>> {
  const total = (perExample: Tensor): Tensor =>
    sum(present ? where(present, perExample, scalar(0)) : perExample);
  const score = loss.target === "labels" ? correct(prediction, labelsOf(y)) : absoluteErrors(prediction, y);
  return { loss: total(loss.perExample(prediction, y)), score: total(score) };
}

/** Labels as they are; of distributions, such as mixtures of labels, the likeliest class. */
export const labelsOf = (y: Tensor): Tensor => (y.dtype === "u32" ? y : argmax(y, { axis: -1 }));

/** The mean of each example's absolute errors. */
function absoluteErrors(prediction: Tensor, target: Tensor): Tensor {
  const errors = meanAbsoluteError(prediction, target, { reduction: "none" });
  const axes = errors.shape.map((_, axis) => axis).slice(1);
  return axes.length === 0 ? errors : mean(errors, { axes });
}

/** What scores of a kind of target mean. */
export interface Scores<Values> {
  /** Share of examples whose largest output is their label's. NaN where targets are values. */
  readonly accuracies: Values;
  /** Means of |prediction − target|, where targets are values. */
  readonly absoluteErrors?: Values | undefined;
}

export function scoresOf(kind: Target["kind"], scores: Float32Array): Scores<Float32Array> {
  if (kind === "labels") return { accuracies: scores };
  return { accuracies: scores.map(() => Number.NaN), absoluteErrors: scores };
}
