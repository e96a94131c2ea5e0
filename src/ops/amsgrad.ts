import "../kernels/generated/amsgrad.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { AdaptiveAttributes } from "./adam.ts";
import { adamParams, decayConstants } from "./adam.ts";
import { defineOptimizer } from "./optimizer.ts";

export const amsgradOp = defineOptimizer<"amsgrad/amsgrad", AdaptiveAttributes>({
  name: "amsgrad",
  moments: ["firstMoment", "secondMoment", "largestMoment"],
  file: "amsgrad/amsgrad",
  flops: 18,
  constants: decayConstants,
  params: adamParams,
});

/**
 * A step of AMSGrad (Reddi, Kale and Kumar 2018, algorithm 2): Adam by the largest second moment so far. The step's
 * `coefficient1` and `coefficient2` correct the moments as for Adam, or are 1.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so are `secondMoment` and `largestMoment`
 * @returns the new parameters, then `firstMoment`, `secondMoment`, `largestMoment`, in the storage of the old
 */
export function amsgrad(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  secondMoment: Tensor,
  largestMoment: Tensor,
  attributes: AdaptiveAttributes,
): readonly Tensor[] {
  return record(
    amsgradOp,
    [gradients, segments, parameters, firstMoment, secondMoment, largestMoment],
    attributes,
  );
}
