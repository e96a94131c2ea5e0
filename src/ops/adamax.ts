import "../kernels/generated/adamax.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { AdaptiveAttributes } from "./adam.ts";
import { decayConstants } from "./adam.ts";
import { defineOptimizer } from "./optimizer.ts";

export const adamaxOp = defineOptimizer<"adamax/adamax", AdaptiveAttributes>({
  name: "adamax",
  moments: ["firstMoment", "infinityNorm"],
  file: "adamax/adamax",
  flops: 14,
  constants: decayConstants,
  params: (vectors, { beta1, beta2, epsilon, weightDecay }) => ({
    vectors,
    beta1,
    take1: 1 - beta1,
    beta2,
    epsilon,
    weight_decay: weightDecay,
  }),
});

/**
 * A step of AdaMax (Kingma and Ba 2015, algorithm 2): Adam by a fading maximum of the gradient's size. The step's
 * `coefficient1` is 1 / (1 − β₁ᵗ).
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so is `infinityNorm`
 * @returns the new parameters, then `firstMoment` and `infinityNorm`, in the storage of the old
 */
export function adamax(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  infinityNorm: Tensor,
  attributes: AdaptiveAttributes,
): readonly Tensor[] {
  return record(adamaxOp, [gradients, segments, parameters, firstMoment, infinityNorm], attributes);
}
