import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { labelAdjoints } from "./label_adjoints.ts";
import type { WeightedLabels } from "./labels.ts";

export const negativeLogLikelihoodGradientOp = labelAdjoints.place;

/**
 * −classWeights[label] · cotangent at each row's label, else 0: the gradient of `negativeLogLikelihood`.
 * @param cotangent f32 [batch]
 * @param labels u32 [batch]
 * @param classWeights f32 [classes]
 * @returns f32 [batch, classes]
 */
export function negativeLogLikelihoodGradient(
  cotangent: Tensor,
  labels: Tensor,
  classWeights: Tensor,
  attributes: WeightedLabels,
): Tensor {
  return apply(negativeLogLikelihoodGradientOp, [cotangent, labels, classWeights], attributes);
}
