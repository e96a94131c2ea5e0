import "../kernels/generated/lion.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { AdaptiveAttributes } from "./adam.ts";
import { decayConstants } from "./adam.ts";
import { defineOptimizer } from "./optimizer.ts";

export type LionAttributes = Omit<AdaptiveAttributes, "epsilon">;

export const lionOp = defineOptimizer<"lion/lion", LionAttributes>({
  name: "lion",
  moments: ["firstMoment"],
  file: "lion/lion",
  flops: 11,
  constants: decayConstants,
  params: (vectors, { beta1, beta2, weightDecay }) => ({
    vectors,
    beta1,
    take1: 1 - beta1,
    beta2,
    take2: 1 - beta2,
    weight_decay: weightDecay,
  }),
});

/**
 * A step of Lion (Chen et al. 2023, algorithm 2): by the sign of a mean of gradients.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first
 * @returns the new parameters, then `firstMoment`, in the storage of the old
 */
export function lion(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  attributes: LionAttributes,
): readonly Tensor[] {
  return record(lionOp, [gradients, segments, parameters, firstMoment], attributes);
}
