import "../kernels/generated/rmspropCentred.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { defineOptimizer } from "./optimizer.ts";
import { rmspropConstants, rmspropParams } from "./rmsprop.ts";
import type { RmspropMomentumAttributes } from "./rmspropMomentum.ts";

export const rmspropCentredOp = defineOptimizer<"rmspropCentred/rmspropCentred", RmspropMomentumAttributes>({
  name: "rmspropCentred",
  moments: ["squareAverage", "average", "velocity"],
  file: "rmspropCentred/rmspropCentred",
  flops: 18,
  constants: rmspropConstants,
  params: (vectors, attributes) => ({ ...rmspropParams(vectors, attributes), momentum: attributes.momentum }),
});

/**
 * A step of centred RMSProp (Graves 2013, equations 38 to 41): with momentum, by the root of the gradient's variance.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param squareAverage flat state of the same length, zero at first; so are `average` and `velocity`
 * @returns the new parameters, then `squareAverage`, `average`, `velocity`, in the storage of the old
 */
export function rmspropCentred(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  squareAverage: Tensor,
  average: Tensor,
  velocity: Tensor,
  attributes: RmspropMomentumAttributes,
): readonly Tensor[] {
  return record(
    rmspropCentredOp,
    [gradients, segments, parameters, squareAverage, average, velocity],
    attributes,
  );
}
