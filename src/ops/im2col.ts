import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { columnOps } from "./columns.ts";
import type { ConvolutionGeometry } from "./convolution.ts";

export const im2colOp = columnOps.toColumns;

/**
 * Every window of an image as a row: a convolution becomes a matrix product with the filters.
 * @param x [batch, height, width, channels]
 * @returns [batch · windows down · windows across, kernel height · kernel width · channels], 0 in the padding
 */
export function im2col(x: Tensor, geometry: ConvolutionGeometry): Tensor {
  return apply(im2colOp, [x], { ...geometry, inputShape: x.shape });
}
