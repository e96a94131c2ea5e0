import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { maxPoolAdjoints } from "./max_pool_adjoints.ts";
import type { PoolAttributes } from "./pooling.ts";

export const takeAtOp = maxPoolAdjoints.gather;

/**
 * The elements of an image at the indices of a max pooling: the gradient of `maxPool2dGradient`.
 * @param x f32, of the pooling's input shape
 * @param indices u32, as `maxPool2d` gave them
 */
export function takeAt(x: Tensor, indices: Tensor, attributes: PoolAttributes): Tensor {
  return apply(takeAtOp, [x, indices], attributes);
}
