import "../kernels/generated/adagrad.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { WeightDecayAttributes } from "./optimizer.ts";
import { defineOptimizer } from "./optimizer.ts";

export interface AdagradAttributes extends WeightDecayAttributes {
  /** Added to the root. */
  readonly epsilon: number;
}

export const adagradOp = defineOptimizer<"adagrad/adagrad", AdagradAttributes>({
  name: "adagrad",
  moments: ["squareSum"],
  file: "adagrad/adagrad",
  flops: 9,
  params: (vectors, { epsilon, weightDecay }) => ({ vectors, epsilon, weight_decay: weightDecay }),
});

/**
 * A step of AdaGrad (Duchi, Hazan and Singer 2011, figure 1): the gradient over the root of the sum of all squares.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param squareSum flat state of the same length, not negative; zero at first
 * @returns the new parameters, then `squareSum`, in the storage of the old
 */
export function adagrad(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  squareSum: Tensor,
  attributes: AdagradAttributes,
): readonly Tensor[] {
  return record(adagradOp, [gradients, segments, parameters, squareSum], attributes);
}
