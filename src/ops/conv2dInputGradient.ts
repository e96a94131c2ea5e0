import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { ConvolutionAttributes } from "./convolution.ts";
import { convolutions } from "./convolution_ops.ts";

export const conv2dInputGradientOp = convolutions.inputGradient;

/**
 * The gradient of `conv2d` with respect to its image; also known as a transposed convolution.
 * @param dy [batch, windows down, windows across, filters]
 * @param weights [kernel height, kernel width, channels / groups, filters]
 * @returns an image of `inputShape`
 */
export function conv2dInputGradient(dy: Tensor, weights: Tensor, attributes: ConvolutionAttributes): Tensor {
  return apply(conv2dInputGradientOp, [dy, weights], attributes);
}
