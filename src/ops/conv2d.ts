import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { expectFloat, sizeAt } from "./checks.ts";
import type { ConvolutionOptions } from "./convolution.ts";
import { convolutionAttributes, expectImage } from "./convolution.ts";
import { convolutions } from "./convolution_ops.ts";

export const conv2dOp = convolutions.forward;

/**
 * Convolution as neural networks mean it, a correlation: the filters are not turned around.
 *
 * out[b, oy, ox, f] = Σ x[b, oy·stride + ky·dilation − padding, …, c] · weights[ky, kx, c, f], over the channels of the
 * filter's group.
 * @param x [batch, height, width, channels]
 * @param weights [kernel height, kernel width, channels / groups, filters]; filters of a group are next to each other
 * @param options stride 1, padding `valid`, dilation 1 and groups 1 by default
 * @returns [batch, windows down, windows across, filters]
 * @throws ShapeError where the channels differ, do not fall into the groups, or no window fits
 * @throws UsageError where an option makes no sense
 */
export function conv2d(x: Tensor, weights: Tensor, options: ConvolutionOptions = {}): Tensor {
  const types = [x.type, weights.type];
  const { shape } = expectImage("conv2d", types, 0, undefined, expectFloat);
  const filters = expectFloat("conv2d", types, 1, 4).shape;
  const kernel = [sizeAt(filters, 0), sizeAt(filters, 1)] as const;
  return apply(conv2dOp, [x, weights], convolutionAttributes("conv2d", shape, kernel, options));
}
