import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Padding } from "./convolution.ts";
import { winogradOps } from "./winograd.ts";

export const winogradInputOp = winogradOps.input;

/**
 * An image's tiles for a 3 × 3 convolution of stride 1, transformed: Bᵀ d B of each 4 × 4 pixels, 2 apart.
 * @param x [batch, height, width, channels]
 * @param padding of the convolution
 * @returns [16, batch · tiles down · tiles across, channels], a tile for each 2 × 2 windows
 */
export function winogradInput(x: Tensor, padding: Padding): Tensor {
  return apply(winogradInputOp, [x], { inputShape: x.shape, padding });
}
