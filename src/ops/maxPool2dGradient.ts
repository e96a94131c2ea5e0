import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { maxPoolAdjoints } from "./max_pool_adjoints.ts";
import type { PoolAttributes } from "./pooling.ts";

export const maxPool2dGradientOp = maxPoolAdjoints.spread;

/**
 * Σ dy over the windows whose maximum an element is: the gradient of `maxPool2d` with respect to its image.
 * @param dy f32, one value for each window and channel
 * @param indices u32, as `maxPool2d` gave them: an index outside of its own window is ignored
 */
export function maxPool2dGradient(dy: Tensor, indices: Tensor, attributes: PoolAttributes): Tensor {
  return apply(maxPool2dGradientOp, [dy, indices], attributes);
}
