import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { sizeAt } from "./checks.ts";
import { labelAdjoints } from "./label_adjoints.ts";
import type { LabelOptions } from "./label_options.ts";
import { asRows, classWeightsOf, expectLabels, ignoreIndexOf, isPlain } from "./label_options.ts";
import { reduceLoss, reduceWeightedLoss } from "./loss_reduction.ts";
import { reshape } from "./reshape.ts";

export const negativeLogLikelihoodOp = labelAdjoints.pick;

/**
 * −logProbabilities[label] of each row, averaged.
 * @param logProbabilities f32 […, classes], such as a logarithm of softmax
 * @param labels u32 […]
 * @param options `classWeights`, `ignoreIndex`; `reduction`: "none" gives […], "mean" (the default) or "sum" a scalar;
 *   the mean divides by the sum of the labels' weights where `classWeights` or `ignoreIndex` is given, and is 0 where that
 *   sum is 0
 * @throws ShapeError where the inputs do not fit each other; UsageError where an option is out of range
 */
export function negativeLogLikelihood(
  logProbabilities: Tensor,
  labels: Tensor,
  options: LabelOptions = {},
): Tensor {
  const shape = expectLabels("negativeLogLikelihood", logProbabilities, labels);
  const weights = classWeightsOf(options, sizeAt(logProbabilities.shape, -1));
  const attributes = { ignoreIndex: ignoreIndexOf("negativeLogLikelihood", options) };
  const rows = reshape(logProbabilities, asRows(logProbabilities));
  const [loss, weight] = record(negativeLogLikelihoodOp, [rows, reshape(labels, [-1]), weights], attributes);
  if (!loss || !weight) throw new Error("internal: negativeLogLikelihood has two outputs");
  if (isPlain(options) || options.reduction === "none")
    return reduceLoss(reshape(loss, shape), options.reduction);
  return reduceWeightedLoss(loss, weight, options.reduction);
}
