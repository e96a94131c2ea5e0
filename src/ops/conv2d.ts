import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { expectFloat, sizeAt } from "./checks.ts";
import type { WindowOptions } from "./convolution.ts";
import { expectImage, resolveGeometry } from "./convolution.ts";
import { convolutions } from "./convolution_ops.ts";

export const conv2dOp = convolutions.forward;

/**
 * Convolution as neural networks mean it, a correlation: the filters are not turned around.
 * @param x [batch, height, width, channels]
 * @param weights [kernel height, kernel width, channels, filters]
 * @param options stride 1, padding `valid` and dilation 1 by default
 * @returns [batch, windows down, windows across, filters]
 * @throws ShapeError where the channels differ or no window fits
 */
export function conv2d(x: Tensor, weights: Tensor, options: WindowOptions = {}): Tensor {
  const types = [x.type, weights.type];
  const { shape } = expectImage("conv2d", types, 0, undefined, expectFloat);
  const filters = expectFloat("conv2d", types, 1, 4).shape;
  const geometry = resolveGeometry("conv2d", shape, [sizeAt(filters, 0), sizeAt(filters, 1)], options);
  return apply(conv2dOp, [x, weights], { ...geometry, inputShape: shape });
}
