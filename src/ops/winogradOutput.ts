import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { WinogradOutputAttributes } from "./winograd.ts";
import { winogradOps } from "./winograd.ts";

export const winogradOutputOp = winogradOps.output;

/**
 * The results of a convolution from the products of its transformed tiles and filters: Aᵀ m A.
 * @param m [16, batch · tiles down · tiles across, filters]
 * @param operands of the epilogue, where the attributes hold one
 * @returns [batch, height, width, filters]; tiles may reach past an odd size
 */
export function winogradOutput(
  m: Tensor,
  attributes: WinogradOutputAttributes,
  operands: readonly Tensor[] = [],
): Tensor {
  return apply(winogradOutputOp, [m, ...operands], attributes);
}
