import { ShapeError } from "../device/errors.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { formatType, sameShape } from "../kernels/types.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { equal } from "./equal.ts";
import type { LossOptions } from "./loss_reduction.ts";
import { expectAlike, expectRange, reduceLoss } from "./loss_reduction.ts";
import { mul } from "./mul.ts";
import { relu } from "./relu.ts";
import { sqrt } from "./sqrt.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export interface CosineSimilarityOptions {
  /** The axis that is a vector's; the last by default. */
  readonly axis?: number | undefined;
}

/** What a vector's length is at least taken as. */
const shortest = 1e-8;

/**
 * Σ a · b / (‖a‖ · ‖b‖) along an axis, where a length below 1e-8 counts as 1e-8, so that a vector of zeros has similarity
 * 0 and gradients stay finite. Squares must not leave f32: lengths from 1e-18 to 1e18 are sound.
 * @param a f32, any shape with at least one axis
 * @param b f32 of the same shape
 * @returns f32, without the axis
 * @throws ShapeError where the shapes differ or there is no such axis
 */
export function cosineSimilarity(a: Tensor, b: Tensor, options: CosineSimilarityOptions = {}): Tensor {
  expectAlike("cosineSimilarity", a, b);
  const { axis = -1 } = options;
  const dot = sum(mul(a, b), { axes: axis });
  return div(dot, mul(lengthOf(a, axis), lengthOf(b, axis)));
}

/** The lower bound lies under the root, whose gradient at 0 would be infinite. */
function lengthOf(x: Tensor, axis: number): Tensor {
  const floor = scalar(shortest ** 2);
  return sqrt(add(relu(sub(sum(square(x), { axes: axis }), floor)), floor));
}

/**
 * 1 − cosineSimilarity(prediction, target) along the last axis, averaged over all other axes.
 * @param target f32, of the prediction's shape […, vector]
 * @param options `reduction`: "none" gives […], "mean" (the default) or "sum" a scalar
 * @throws ShapeError where the shapes differ
 */
export function cosineDistance(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  expectAlike("cosineDistance", prediction, target);
  return reduceLoss(sub(scalar(1), cosineSimilarity(prediction, target)), options.reduction);
}

export interface CosineEmbeddingOptions extends LossOptions {
  /** The similarity up to which a pair that does not belong together costs nothing, −1 ≤ margin ≤ 1; 0 by default. */
  readonly margin?: number | undefined;
}

/**
 * Of pairs of vectors: 1 − cosineSimilarity(a, b) where the label is 1, max(0, cosineSimilarity(a, b) − margin) where it
 * is −1, averaged over the pairs. The gradient at the kink is 0.
 * @param a f32 […, vector]
 * @param b f32 of the same shape
 * @param labels f32 […], 1 for pairs that belong together, −1 for others
 * @param options `margin`, 0 by default; `reduction`, "mean" by default
 * @throws ShapeError where the inputs do not fit each other; UsageError where the margin is out of range
 */
export function cosineEmbedding(
  a: Tensor,
  b: Tensor,
  labels: Tensor,
  options: CosineEmbeddingOptions = {},
): Tensor {
  const { margin = 0, reduction } = options;
  expectRange("cosineEmbedding", "margin", margin, "a number from −1 to 1", margin >= -1 && margin <= 1);
  const similarity = cosineSimilarity(a, b);
  if (!sameShape(labels.shape, similarity.shape) || labels.dtype !== "f32") {
    throw new ShapeError({
      where: "cosineEmbedding",
      problem: "there is not one label a pair",
      got: formatType(labels.type),
      expected: formatType(similarity.type),
    });
  }
  const together = equal(labels, scalar(1));
  const apart = equal(labels, scalar(-1));
  const ofTogether = mul(together, sub(scalar(1), similarity));
  return reduceLoss(add(ofTogether, mul(apart, relu(sub(similarity, scalar(margin))))), reduction);
}
