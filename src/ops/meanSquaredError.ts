import type { Tensor } from "../graph/tensor.ts";
import type { LossOptions } from "./loss_reduction.ts";
import { expectAlike, reduceLoss } from "./loss_reduction.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";

/**
 * (prediction − target)², averaged over all elements.
 * @param target f32, of the prediction's shape
 * @param options `reduction`: "none" gives every element, "mean" (the default) or "sum" a scalar
 * @throws ShapeError where the shapes differ
 */
export function meanSquaredError(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  expectAlike("meanSquaredError", prediction, target);
  return reduceLoss(square(sub(prediction, target)), options.reduction);
}
