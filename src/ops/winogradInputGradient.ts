import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { TiledImage } from "./winograd.ts";
import { winogradOps } from "./winograd.ts";

export const winogradInputGradientOp = winogradOps.inputGradient;

/**
 * The adjoint of `winogradInput`: adds B dv Bᵀ of every tile to the pixels that it came from.
 * @param dv as `winogradInput` gives it
 * @returns an image of `inputShape`
 */
export function winogradInputGradient(dv: Tensor, attributes: TiledImage): Tensor {
  return apply(winogradInputGradientOp, [dv], attributes);
}
