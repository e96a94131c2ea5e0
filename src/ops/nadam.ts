import "../kernels/generated/nadam.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { AdaptiveAttributes } from "./adam.ts";
import { adamParams, decayConstants } from "./adam.ts";
import { defineOptimizer } from "./optimizer.ts";

export const nadamOp = defineOptimizer<"nadam/nadam", AdaptiveAttributes>({
  name: "nadam",
  moments: ["firstMoment", "secondMoment"],
  file: "nadam/nadam",
  flops: 19,
  constants: decayConstants,
  params: adamParams,
});

/**
 * A step of NAdam (Dozat 2016, algorithm 2): Adam with Nesterov's look ahead. The step's `coefficient1` is what the first
 * moment is multiplied with, `coefficient2` corrects the second, `coefficient3` is the gradient's factor.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so is `secondMoment`
 * @returns the new parameters, then `firstMoment` and `secondMoment`, in the storage of the old
 */
export function nadam(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  secondMoment: Tensor,
  attributes: AdaptiveAttributes,
): readonly Tensor[] {
  return record(nadamOp, [gradients, segments, parameters, firstMoment, secondMoment], attributes);
}
