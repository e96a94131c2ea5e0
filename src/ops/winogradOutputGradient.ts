import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { winogradOps } from "./winograd.ts";

export const winogradOutputGradientOp = winogradOps.outputGradient;

/**
 * The adjoint of `winogradOutput`: A dy Aᵀ of each 2 × 2 results, 0 where a tile reaches past them.
 * @param dy [batch, height, width, filters]
 * @returns [16, batch · tiles down · tiles across, filters]
 */
export function winogradOutputGradient(dy: Tensor): Tensor {
  return apply(winogradOutputGradientOp, [dy], { resultShape: dy.shape });
}
