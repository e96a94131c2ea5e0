import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { equal } from "./equal.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import type { LossReduction } from "./loss_reduction.ts";
import { expectAlike, reduceLoss } from "./loss_reduction.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export interface KlDivergenceOptions {
  /**
   * "mean" by default, over all elements, as PyTorch has it; "batchMean" divides the sum by the first axis alone, which is
   * the divergence of the mathematics, averaged over the batch.
   */
  readonly reduction?: LossReduction | "batchMean" | undefined;
  /** The target holds logarithms too; false by default. */
  readonly logTarget?: boolean | undefined;
}

/**
 * The Kullback–Leibler divergence of a target distribution from a predicted one, element by element:
 * target · (log target − logPrediction), 0 where the target is 0; its gradient in such a
 * target is −logPrediction, where the limit is −∞.
 * @param logPrediction f32, logarithms of probabilities
 * @param target f32 of the same shape, probabilities, or with `logTarget` their logarithms
 * @param options `reduction` and `logTarget`
 * @throws ShapeError where the shapes differ; UsageError where there is no such reduction
 */
export function klDivergence(
  logPrediction: Tensor,
  target: Tensor,
  options: KlDivergenceOptions = {},
): Tensor {
  const { reduction, logTarget = false } = options;
  expectAlike("klDivergence", logPrediction, target);
  const elements = logTarget
    ? mul(exp(target), sub(target, logPrediction))
    : mul(target, sub(logOfPositive(target), logPrediction));
  if (reduction !== "batchMean") return reduceLoss(elements, reduction);
  return mul(sum(elements), scalar(1 / (target.shape[0] ?? 1)));
}

/** 0 where x is 0, so that its product with x is 0 as well. */
const logOfPositive = (x: Tensor) => log(add(x, equal(x, scalar(0))));
