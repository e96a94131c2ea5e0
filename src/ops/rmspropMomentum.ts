import "../kernels/generated/rmspropMomentum.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { defineOptimizer } from "./optimizer.ts";
import type { RmspropAttributes } from "./rmsprop.ts";
import { rmspropConstants, rmspropParams } from "./rmsprop.ts";

export interface RmspropMomentumAttributes extends RmspropAttributes {
  /** β: how much of the velocity stays. */
  readonly momentum: number;
}

export const rmspropMomentumOp = defineOptimizer<
  "rmspropMomentum/rmspropMomentum",
  RmspropMomentumAttributes
>({
  name: "rmspropMomentum",
  moments: ["squareAverage", "velocity"],
  file: "rmspropMomentum/rmspropMomentum",
  flops: 12,
  constants: rmspropConstants,
  params: (vectors, attributes) => ({ ...rmspropParams(vectors, attributes), momentum: attributes.momentum }),
});

/**
 * A step of RMSProp with momentum: by a velocity that the gradient over the root of its mean square is added to.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param squareAverage flat state of the same length, zero at first; so is `velocity`
 * @returns the new parameters, then `squareAverage` and `velocity`, in the storage of the old
 */
export function rmspropMomentum(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  squareAverage: Tensor,
  velocity: Tensor,
  attributes: RmspropMomentumAttributes,
): readonly Tensor[] {
  return record(rmspropMomentumOp, [gradients, segments, parameters, squareAverage, velocity], attributes);
}
