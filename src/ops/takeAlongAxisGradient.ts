import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { ScatterAddAttributes } from "./gather_adjoints.ts";
import { takeAlongAdjoints } from "./take_along_adjoints.ts";

export const takeAlongAxisGradientOp = takeAlongAdjoints.spread;

/**
 * Σ dy over the places that took an element: the gradient of `takeAlongAxis` with respect to x. Each sum runs in the order
 * of the places along the axis.
 * @param dy f32, of the indices' shape
 */
export function takeAlongAxisGradient(dy: Tensor, indices: Tensor, attributes: ScatterAddAttributes): Tensor {
  return apply(takeAlongAxisGradientOp, [dy, indices], attributes);
}
