import "../kernels/generated/sgd.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { WeightDecayAttributes } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";

export const sgdOp = defineOptimizer<"sgd/sgd", WeightDecayAttributes>({
  name: "sgd",
  moments: [],
  file: "sgd/sgd",
  flops: 5,
  params: (vectors, { weightDecay }) => ({ vectors, weight_decay: weightDecay }),
});

/**
 * A step of gradient descent, θ ← θ − η · (g + λ · θ), with η from the step and η, λ scaled by the segments.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of η and of λ
 * @param parameters flat state of the gradients' length
 * @returns the new parameters, in the storage of the old
 */
export function sgd(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  attributes: WeightDecayAttributes,
): Tensor {
  return apply(sgdOp, [gradients, segments, parameters], attributes);
}
