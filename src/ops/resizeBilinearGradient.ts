import "../kernels/generated/resizeBilinearGradient.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { ResizeAttributes } from "./resizing.ts";
import { resizings } from "./resizing.ts";

export const resizeBilinearGradientOp = resizings.bilinear.spread;

/**
 * The adjoint of `resizeBilinear`: each value of dy goes to the pixels that it was made of.
 * @param dy f32, of the resized shape
 */
export function resizeBilinearGradient(dy: Tensor, attributes: ResizeAttributes): Tensor {
  return apply(resizeBilinearGradientOp, [dy], attributes);
}
