import "../kernels/generated/amsbound.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { AdaptiveAttributes } from "./adam.ts";
import { adamParams, decayConstants } from "./adam.ts";
import { defineOptimizer } from "./optimizer.ts";

export const amsboundOp = defineOptimizer<"amsbound/amsbound", AdaptiveAttributes>({
  name: "amsbound",
  moments: ["firstMoment", "secondMoment", "largestMoment"],
  file: "amsbound/amsbound",
  flops: 20,
  constants: decayConstants,
  params: adamParams,
});

/**
 * A step of AMSBound (Luo et al. 2019, algorithm 3): AdaBound by the largest second moment so far. The step's
 * coefficients are those of `adabound`.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so are `secondMoment` and `largestMoment`
 * @returns the new parameters, then `firstMoment`, `secondMoment`, `largestMoment`, in the storage of the old
 */
export function amsbound(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  secondMoment: Tensor,
  largestMoment: Tensor,
  attributes: AdaptiveAttributes,
): readonly Tensor[] {
  return record(
    amsboundOp,
    [gradients, segments, parameters, firstMoment, secondMoment, largestMoment],
    attributes,
  );
}
