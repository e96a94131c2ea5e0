import { ShapeError, UsageError } from "../device/errors.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { formatType, sameShape } from "../kernels/types.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { mean } from "./mean.ts";
import { positive } from "./positive.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

/** What a loss makes of its elements: nothing, their mean, their sum. */
export type LossReduction = "none" | "mean" | "sum";

export interface LossOptions {
  /** "mean" by default. */
  readonly reduction?: LossReduction | undefined;
}

/** @throws UsageError where the reduction is none of the three */
export function reduceLoss(values: Tensor, reduction: LossReduction = "mean"): Tensor {
  switch (reduction) {
    case "none":
      return values;
    case "mean":
      return mean(values);
    case "sum":
      return sum(values);
    default:
      throw unknownReduction(reduction);
  }
}

/**
 * As `reduceLoss`, but the mean divides by the sum of weights, which the values hold already. Where that sum is 0, so
 * are the values, and so is the mean; PyTorch's is NaN.
 */
export function reduceWeightedLoss(
  values: Tensor,
  weights: Tensor,
  reduction: LossReduction = "mean",
): Tensor {
  if (reduction !== "mean") return reduceLoss(values, reduction);
  const total = sum(weights);
  return div(sum(values), add(total, sub(scalar(1), positive(total))));
}

function unknownReduction(reduction: never): UsageError {
  return new UsageError({
    where: "loss",
    problem: "there is no such reduction",
    got: String(reduction),
    expected: '"none", "mean" or "sum"',
  });
}

/** @throws ShapeError where prediction and target differ in shape or dtype */
export function expectAlike(loss: string, prediction: Tensor, target: Tensor): void {
  if (sameShape(prediction.shape, target.shape) && prediction.dtype === target.dtype) return;
  throw new ShapeError({
    where: loss,
    problem: "prediction and target differ in shape or dtype",
    got: `${formatType(prediction.type)} and ${formatType(target.type)}`,
    expected: "one shape, f32",
  });
}

/** @throws UsageError where an option is no number of its range */
export function expectRange(
  loss: string,
  name: string,
  value: number,
  expected: string,
  fits: boolean,
): void {
  if (fits && Number.isFinite(value)) return;
  throw new UsageError({ where: loss, problem: `${name} is out of range`, got: String(value), expected });
}
