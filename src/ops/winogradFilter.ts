import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { winogradOps } from "./winograd.ts";

export const winogradFilterOp = winogradOps.filter;

/**
 * Filters of a 3 × 3 convolution, transformed: G g Gᵀ.
 * @param weights [3, 3, channels, filters]
 * @returns [16, channels, filters]
 */
export function winogradFilter(weights: Tensor): Tensor {
  return apply(winogradFilterOp, [weights], null);
}
