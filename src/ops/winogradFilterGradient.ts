import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { winogradOps } from "./winograd.ts";

export const winogradFilterGradientOp = winogradOps.filterGradient;

/**
 * The adjoint of `winogradFilter`: Gᵀ du G.
 * @param du [16, channels, filters]
 * @returns [3, 3, channels, filters]
 */
export function winogradFilterGradient(du: Tensor): Tensor {
  return apply(winogradFilterGradientOp, [du], null);
}
