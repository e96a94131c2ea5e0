import "../kernels/generated/adam.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { WeightDecayAttributes } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";

export interface AdamAttributes extends WeightDecayAttributes {
  /** How much of the mean gradient stays. The step's `coefficient1` is 1 / (1 − β₁ᵗ). */
  readonly beta1: number;
  /** How much of the mean squared gradient stays. The step's `coefficient2` is 1 / (1 − β₂ᵗ). */
  readonly beta2: number;
  /** Added to the root of the mean square. */
  readonly epsilon: number;
}

/** What Adam's kin ask for besides. */
export interface AdaptiveAttributes extends AdamAttributes {
  /** Decay acts on the parameters alone, θ ← θ − η · λ · θ, instead of being part of the gradient. */
  readonly decoupled: boolean;
}

export const decayConstants = ({ decoupled }: Pick<AdaptiveAttributes, "decoupled">) => ({
  DECOUPLED: Number(decoupled),
});

/** What the kernels of Adam and AdamW ask for. The differences are taken in f64: 1 − β₂ in f32 has four digits. */
export function adamParams(vectors: number, { beta1, beta2, epsilon, weightDecay }: AdamAttributes) {
  return { vectors, beta1, take1: 1 - beta1, beta2, take2: 1 - beta2, epsilon, weight_decay: weightDecay };
}

export const adamOp = defineOptimizer<"adam/adam", AdamAttributes>({
  name: "adam",
  moments: ["firstMoment", "secondMoment"],
  file: "adam/adam",
  flops: 17,
  params: adamParams,
});

/**
 * A step of Adam (Kingma and Ba 2015), weight decay added to the gradient: g ← g + λ · θ. The corrections for moments
 * that start at zero come from the step, like the learning rate.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so is `secondMoment`
 * @returns the new parameters, first and second moment, in the storage of the old
 */
export function adam(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  secondMoment: Tensor,
  attributes: AdamAttributes,
): readonly Tensor[] {
  return record(adamOp, [gradients, segments, parameters, firstMoment, secondMoment], attributes);
}
