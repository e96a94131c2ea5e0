import { UsageError } from "../device/errors.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { sizeAt } from "./checks.ts";
import type { LabelOptions } from "./label_options.ts";
import { asRows, classWeightsOf, expectLabels, ignoreIndexOf, isPlain } from "./label_options.ts";
import { expectAlike, expectRange, reduceLoss, reduceWeightedLoss } from "./loss_reduction.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { softmaxCrossEntropy } from "./softmaxCrossEntropy.ts";
import { softTargetCrossEntropy } from "./softTargetCrossEntropy.ts";
import { weightedCrossEntropy } from "./weightedCrossEntropy.ts";

export interface CrossEntropyOptions extends LabelOptions {
  /**
   * The share of each target that goes to all classes alike, 0 ≤ labelSmoothing ≤ 1; 0 by default. Szegedy and others,
   * "Rethinking the Inception architecture for computer vision", 2016, section 7.
   */
  readonly labelSmoothing?: number | undefined;
}

/**
 * The cross-entropy of softmax(logits) with labels or with distributions, averaged over the rows; finite for all
 * finite logits. Definitions are PyTorch's, but classes are the last axis.
 * @param logits f32 […, classes]; the softmax belongs to the loss
 * @param target labels u32 […], or distributions f32 […, classes], which then have a gradient too
 * @param options `labelSmoothing`, `classWeights`, `ignoreIndex` (labels only); `reduction`: "none" gives […], "mean" (the
 *   default) or "sum" a scalar. Of labels, the mean divides by the sum of their weights where `classWeights` or
 *   `ignoreIndex` is given, and is 0 where that sum is 0; else by the number of rows
 * @throws ShapeError where the inputs do not fit each other; UsageError where an option is out of range
 */
export function crossEntropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { labelSmoothing = 0 } = options;
  const fits = labelSmoothing >= 0 && labelSmoothing <= 1;
  expectRange("crossEntropy", "labelSmoothing", labelSmoothing, "a number from 0 to 1", fits);
  if (target.dtype === "f32") return withDistributions(logits, target, labelSmoothing, options);
  const shape = expectLabels("crossEntropy", logits, target);
  const [rows, labels] = [reshape(logits, asRows(logits)), reshape(target, [-1])];
  if (isPlain(options) && labelSmoothing === 0) {
    return reduceLoss(reshape(softmaxCrossEntropy(rows, labels), shape), options.reduction);
  }
  const attributes = { labelSmoothing, ignoreIndex: ignoreIndexOf("crossEntropy", options) };
  const weights = classWeightsOf(options, sizeAt(logits.shape, -1));
  const [loss, weight] = weightedCrossEntropy(rows, labels, weights, attributes);
  if (!loss || !weight) throw new Error("internal: weightedCrossEntropy has four outputs");
  if (isPlain(options) || options.reduction === "none")
    return reduceLoss(reshape(loss, shape), options.reduction);
  return reduceWeightedLoss(loss, weight, options.reduction);
}

/** Weights and smoothing belong to the targets here; the mean is over rows, whatever the weights, as in PyTorch. */
function withDistributions(
  logits: Tensor,
  target: Tensor,
  labelSmoothing: number,
  options: CrossEntropyOptions,
): Tensor {
  expectAlike("crossEntropy", logits, target);
  if (options.ignoreIndex !== undefined) {
    const problem = "ignoreIndex is of labels, and the target holds distributions";
    throw new UsageError({ where: "crossEntropy", problem, hint: "give rows to ignore a target of zeros" });
  }
  const classes = sizeAt(logits.shape, -1);
  const share = scalar(labelSmoothing / classes);
  const smoothed = labelSmoothing === 0 ? target : add(mul(target, scalar(1 - labelSmoothing)), share);
  const plain = options.classWeights === undefined;
  const weighted = plain ? smoothed : mul(smoothed, classWeightsOf(options, classes));
  const loss = softTargetCrossEntropy(reshape(logits, asRows(logits)), reshape(weighted, asRows(logits)));
  return reduceLoss(reshape(loss, logits.shape.slice(0, -1)), options.reduction);
}
