import "../kernels/generated/adabelief.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { AdaptiveAttributes } from "./adam.ts";
import { adamParams, decayConstants } from "./adam.ts";
import { defineOptimizer } from "./optimizer.ts";

export interface AdabeliefAttributes extends AdaptiveAttributes {
  /** Add ε to the moment too, at every step, as the paper's algorithm does. */
  readonly epsilonInside: boolean;
}

export const adabeliefOp = defineOptimizer<"adabelief/adabelief", AdabeliefAttributes>({
  name: "adabelief",
  moments: ["firstMoment", "belief"],
  file: "adabelief/adabelief",
  flops: 19,
  constants: decayConstants,
  params: (vectors, attributes) => ({
    ...adamParams(vectors, attributes),
    inside: attributes.epsilonInside ? attributes.epsilon : 0,
  }),
});

/**
 * A step of AdaBelief (Zhuang et al. 2020, algorithm 2): Adam by how far gradients are from their mean. The step's
 * coefficients are those of `adam`.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so is `belief`
 * @returns the new parameters, then `firstMoment` and `belief`, in the storage of the old
 */
export function adabelief(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  belief: Tensor,
  attributes: AdabeliefAttributes,
): readonly Tensor[] {
  return record(adabeliefOp, [gradients, segments, parameters, firstMoment, belief], attributes);
}
