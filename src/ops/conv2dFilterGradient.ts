import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { ConvolutionAttributes } from "./convolution.ts";
import { convolutions } from "./convolution_ops.ts";

export const conv2dFilterGradientOp = convolutions.filterGradient;

/**
 * The gradient of `conv2d` with respect to its weights.
 * @param x [batch, height, width, channels]
 * @param dy [batch, windows down, windows across, filters]
 * @returns [kernel height, kernel width, channels / groups, filters]
 */
export function conv2dFilterGradient(x: Tensor, dy: Tensor, attributes: ConvolutionAttributes): Tensor {
  return apply(conv2dFilterGradientOp, [x, dy], attributes);
}
