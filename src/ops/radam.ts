import "../kernels/generated/radam.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { AdaptiveAttributes } from "./adam.ts";
import { adamParams, decayConstants } from "./adam.ts";
import { defineOptimizer } from "./optimizer.ts";

export const radamOp = defineOptimizer<"radam/radam", AdaptiveAttributes>({
  name: "radam",
  moments: ["firstMoment", "secondMoment"],
  file: "radam/radam",
  flops: 17,
  constants: decayConstants,
  params: adamParams,
});

/**
 * A step of RAdam (Liu et al. 2020, algorithm 2). The step's `coefficient1` corrects the first moment; `coefficient2` is
 * the rectification times √(1 − β₂ᵗ), 0 for a step by the first moment alone.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so is `secondMoment`
 * @returns the new parameters, then `firstMoment` and `secondMoment`, in the storage of the old
 */
export function radam(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  secondMoment: Tensor,
  attributes: AdaptiveAttributes,
): readonly Tensor[] {
  return record(radamOp, [gradients, segments, parameters, firstMoment, secondMoment], attributes);
}
