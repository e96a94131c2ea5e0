import "../kernels/generated/adadelta.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { WeightDecayAttributes } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";

export interface AdadeltaAttributes extends WeightDecayAttributes {
  /** ρ: how much of the mean squares stays. */
  readonly rho: number;
  /** Inside both roots. */
  readonly epsilon: number;
}

export const adadeltaOp = defineOptimizer<"adadelta/adadelta", AdadeltaAttributes>({
  name: "adadelta",
  moments: ["squareAverage", "stepAverage"],
  file: "adadelta/adadelta",
  flops: 17,
  params: (vectors, { rho, epsilon, weightDecay }) => ({
    vectors,
    rho,
    take: 1 - rho,
    epsilon,
    weight_decay: weightDecay,
  }),
});

/**
 * A step of AdaDelta (Zeiler 2012, algorithm 1), scaled by η, which is 1 there.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param squareAverage flat state of the same length, zero at first; so is `stepAverage`
 * @returns the new parameters, then `squareAverage` and `stepAverage`, in the storage of the old
 */
export function adadelta(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  squareAverage: Tensor,
  stepAverage: Tensor,
  attributes: AdadeltaAttributes,
): readonly Tensor[] {
  return record(adadeltaOp, [gradients, segments, parameters, squareAverage, stepAverage], attributes);
}
