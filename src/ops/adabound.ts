import "../kernels/generated/adabound.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { AdaptiveAttributes } from "./adam.ts";
import { adamParams, decayConstants } from "./adam.ts";
import { defineOptimizer } from "./optimizer.ts";

export const adaboundOp = defineOptimizer<"adabound/adabound", AdaptiveAttributes>({
  name: "adabound",
  moments: ["firstMoment", "secondMoment"],
  file: "adabound/adabound",
  flops: 19,
  constants: decayConstants,
  params: adamParams,
});

/**
 * A step of AdaBound (Luo et al. 2019, algorithm 2): Adam's step sizes, clipped. The step's `coefficient1` corrects them
 * for moments that start at zero; `coefficient2` and `coefficient3` are their bounds, as multiples of η.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so is `secondMoment`
 * @returns the new parameters, then `firstMoment` and `secondMoment`, in the storage of the old
 */
export function adabound(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  secondMoment: Tensor,
  attributes: AdaptiveAttributes,
): readonly Tensor[] {
  return record(adaboundOp, [gradients, segments, parameters, firstMoment, secondMoment], attributes);
}
