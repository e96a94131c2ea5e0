import "../kernels/generated/resizeNearestGradient.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { ResizeAttributes } from "./resizing.ts";
import { resizings } from "./resizing.ts";

export const resizeNearestGradientOp = resizings.nearest.spread;

/**
 * The adjoint of `resizeNearest`: each value of dy goes to the pixels that it was made of.
 * @param dy f32, of the resized shape
 */
export function resizeNearestGradient(dy: Tensor, attributes: ResizeAttributes): Tensor {
  return apply(resizeNearestGradientOp, [dy], attributes);
}
