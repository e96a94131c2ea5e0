import type { Tensor } from "../graph/tensor.ts";
import type { BinaryCrossEntropyOptions } from "../ops/binaryCrossEntropyWithLogits.ts";
import { binaryCrossEntropyWithLogits as binaryCrossEntropyOf } from "../ops/binaryCrossEntropyWithLogits.ts";
import { cosineDistance as cosineDistanceOf } from "../ops/cosineSimilarity.ts";
import type { CrossEntropyOptions } from "../ops/crossEntropy.ts";
import { crossEntropy as crossEntropyOf } from "../ops/crossEntropy.ts";
import { hinge as hingeOf, squaredHinge as squaredHingeOf } from "../ops/hinge.ts";
import type { HuberOptions, SmoothL1Options } from "../ops/huber.ts";
import { huber as huberOf, smoothL1 as smoothL1Of } from "../ops/huber.ts";
import type { KlDivergenceOptions } from "../ops/klDivergence.ts";
import { klDivergence as klDivergenceOf } from "../ops/klDivergence.ts";
import type { LabelOptions } from "../ops/label_options.ts";
import type { LossOptions } from "../ops/loss_reduction.ts";
import { mean } from "../ops/mean.ts";
import { meanAbsoluteError as meanAbsoluteErrorOf } from "../ops/meanAbsoluteError.ts";
import { meanSquaredError as meanSquaredErrorOf } from "../ops/meanSquaredError.ts";
import { negativeLogLikelihood as negativeLogLikelihoodOf } from "../ops/negativeLogLikelihood.ts";
import { sum } from "../ops/sum.ts";

/**
 * A measure of how wrong predictions are. Called, it gives the mean over the batch, a scalar to differentiate; or the
 * sum, or every element, where its `reduction` says so. Compiled steps take any of them; trainers those whose target
 * is what the dataset has.
 */
export interface Loss {
  (prediction: Tensor, target: Tensor): Tensor;
  /** Shown in records of runs. */
  readonly title: string;
  /** What it compares with: numbers of classes, u32 [batch], or f32 values. */
  readonly target: "labels" | "values";
  /**
   * The loss of each example, [batch]: the mean of its elements, or their sum where the reduction is that; 0 where the
   * label is ignored. With class weights, each is multiplied by its own.
   */
  perExample(prediction: Tensor, target: Tensor): Tensor;
}

type LossFunction<Options> = (prediction: Tensor, target: Tensor, options: Options) => Tensor;

/** A loss of a function of tensors, its options fixed. */
function defineLoss<Options extends { readonly reduction?: string | undefined }>(
  title: string,
  target: Loss["target"],
  lossOf: LossFunction<Options>,
  options: Options,
): Loss {
  const whole = (prediction: Tensor, wanted: Tensor): Tensor => lossOf(prediction, wanted, options);
  const perExample = (prediction: Tensor, wanted: Tensor): Tensor => {
    const values = lossOf(prediction, wanted, { ...options, reduction: "none" });
    const axes = values.shape.map((_, axis) => axis).slice(1);
    if (axes.length === 0) return values;
    return options.reduction === "sum" ? sum(values, { axes }) : mean(values, { axes });
  };
  return Object.assign(whole, { title, target, perExample });
}

/**
 * The cross-entropy of softmax(logits) with labels, −log softmax(logits)[label] where no option says otherwise, averaged
 * over the batch; the softmax belongs to it, so the model ends with logits. Takes logits [batch, …, classes] and labels
 * u32 [batch, …], or distributions f32 [batch, …, classes].
 * @param options `labelSmoothing`, `classWeights`, `ignoreIndex`, `reduction`: see `ops.crossEntropy`
 */
export const crossEntropy = (options: CrossEntropyOptions = {}): Loss =>
  defineLoss("crossEntropy", "labels", crossEntropyOf, options);

/**
 * −logProbabilities[label], averaged over the batch: `crossEntropy` where the model ends with logarithms of softmax.
 * Takes f32 [batch, …, classes] and labels u32 [batch, …].
 * @param options `classWeights`, `ignoreIndex`, `reduction`: see `ops.negativeLogLikelihood`
 */
export const negativeLogLikelihood = (options: LabelOptions = {}): Loss =>
  defineLoss("negativeLogLikelihood", "labels", negativeLogLikelihoodOf, options);

/**
 * The cross-entropy of sigmoid(logits) with targets from 0 to 1, averaged over all elements; both of one shape
 * [batch, …].
 * @param options `positiveWeight`, `reduction`: see `ops.binaryCrossEntropyWithLogits`
 */
export const binaryCrossEntropyWithLogits = (options: BinaryCrossEntropyOptions = {}): Loss =>
  defineLoss("binaryCrossEntropyWithLogits", "values", binaryCrossEntropyOf, options);

/** The mean of (prediction − target)² over all elements; both of one shape [batch, …]. */
export const meanSquaredError = (options: LossOptions = {}): Loss =>
  defineLoss("meanSquaredError", "values", meanSquaredErrorOf, options);

/** The mean of |prediction − target| over all elements; both of one shape [batch, …]. */
export const meanAbsoluteError = (options: LossOptions = {}): Loss =>
  defineLoss("meanAbsoluteError", "values", meanAbsoluteErrorOf, options);

/**
 * The mean over all elements of a parabola near 0 and lines beyond `delta` (1 by default); both of one shape [batch, …].
 * See `ops.huber`.
 */
export const huber = (options: HuberOptions = {}): Loss => defineLoss("huber", "values", huberOf, options);

/** Huber's loss divided by its threshold `beta`, 1 by default. See `ops.smoothL1`. */
export const smoothL1 = (options: SmoothL1Options = {}): Loss =>
  defineLoss("smoothL1", "values", smoothL1Of, options);

/** The mean of max(0, 1 − target · prediction) over all elements; targets are −1 or 1, of the prediction's shape. */
export const hinge = (options: LossOptions = {}): Loss => defineLoss("hinge", "values", hingeOf, options);

/** The mean of max(0, 1 − target · prediction)² over all elements; targets are −1 or 1, of the prediction's shape. */
export const squaredHinge = (options: LossOptions = {}): Loss =>
  defineLoss("squaredHinge", "values", squaredHingeOf, options);

/**
 * The mean of target · (log target − prediction) over all elements: predictions are logarithms of probabilities, both of
 * one shape [batch, …]. `reduction: "batchMean"` is the divergence of the mathematics.
 * @param options `reduction`, `logTarget`: see `ops.klDivergence`
 */
export const klDivergence = (options: KlDivergenceOptions = {}): Loss =>
  defineLoss("klDivergence", "values", klDivergenceOf, options);

/** The mean of 1 − cos(prediction, target) along the last axis; both of one shape [batch, …, vector]. */
export const cosineDistance = (options: LossOptions = {}): Loss =>
  defineLoss("cosineDistance", "values", cosineDistanceOf, options);
