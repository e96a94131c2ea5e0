import type { Tensor } from "../graph/tensor.ts";
import { absoluteError } from "./absoluteError.ts";
import type { LossOptions } from "./loss_reduction.ts";
import { expectAlike, reduceLoss } from "./loss_reduction.ts";

/**
 * |prediction − target|, averaged over all elements. Its gradient where they are equal is 0.
 * @param target f32, of the prediction's shape
 * @param options `reduction`: "none" gives every element, "mean" (the default) or "sum" a scalar
 * @throws ShapeError where the shapes differ
 */
export function meanAbsoluteError(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  expectAlike("meanAbsoluteError", prediction, target);
  return reduceLoss(absoluteError(prediction, target), options.reduction);
}
