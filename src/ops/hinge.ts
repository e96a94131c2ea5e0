import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { LossOptions } from "./loss_reduction.ts";
import { expectAlike, reduceLoss } from "./loss_reduction.ts";
import { mul } from "./mul.ts";
import { relu } from "./relu.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";

/**
 * max(0, 1 − target · prediction), averaged over all elements: the loss of support vector machines. Its gradient at the
 * kink, where target · prediction = 1, is 0.
 * @param target f32, −1 or 1, of the prediction's shape
 * @param options `reduction`: "none" gives every element, "mean" (the default) or "sum" a scalar
 * @throws ShapeError where the shapes differ
 */
export function hinge(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  expectAlike("hinge", prediction, target);
  return reduceLoss(margin(prediction, target), options.reduction);
}

/**
 * max(0, 1 − target · prediction)², averaged over all elements.
 * @param target f32, −1 or 1, of the prediction's shape
 * @param options `reduction`: "none" gives every element, "mean" (the default) or "sum" a scalar
 * @throws ShapeError where the shapes differ
 */
export function squaredHinge(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  expectAlike("squaredHinge", prediction, target);
  return reduceLoss(square(margin(prediction, target)), options.reduction);
}

const margin = (prediction: Tensor, target: Tensor) => relu(sub(scalar(1), mul(target, prediction)));
