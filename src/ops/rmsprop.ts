import "../kernels/generated/rmsprop.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { WeightDecayAttributes } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";

export interface RmspropAttributes extends WeightDecayAttributes {
  /** α: how much of the mean squared gradient stays. */
  readonly smoothing: number;
  readonly epsilon: number;
  /** √(n + ε) instead of √n + ε. */
  readonly epsilonInside: boolean;
}

/** What the kernels of RMSProp ask for; 1 − α is taken in f64. */
export function rmspropParams(vectors: number, { smoothing, epsilon, weightDecay }: RmspropAttributes) {
  return { vectors, smoothing, take: 1 - smoothing, epsilon, weight_decay: weightDecay };
}

export const rmspropConstants = ({ epsilonInside }: RmspropAttributes) => ({ INSIDE: Number(epsilonInside) });

export const rmspropOp = defineOptimizer<"rmsprop/rmsprop", RmspropAttributes>({
  name: "rmsprop",
  moments: ["squareAverage"],
  file: "rmsprop/rmsprop",
  flops: 10,
  constants: rmspropConstants,
  params: rmspropParams,
});

/**
 * A step of RMSProp (Tieleman and Hinton 2012): the gradient over the root of its mean square.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param squareAverage flat state of the same length, zero at first
 * @returns the new parameters, then `squareAverage`, in the storage of the old
 */
export function rmsprop(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  squareAverage: Tensor,
  attributes: RmspropAttributes,
): readonly Tensor[] {
  return record(rmspropOp, [gradients, segments, parameters, squareAverage], attributes);
}
