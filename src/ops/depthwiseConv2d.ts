import type { Tensor } from "../graph/tensor.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { conv2d } from "./conv2d.ts";
import type { WindowOptions } from "./convolution.ts";
import { expectImage } from "./convolution.ts";
import { reshape } from "./reshape.ts";

/**
 * Convolution of each channel by itself, with `multiplier` filters each: `conv2d` with a group for each channel.
 *
 * out[b, oy, ox, c·multiplier + m] = Σ x[b, oy·stride + ky·dilation − padding, …, c] · weights[ky, kx, c, m].
 * @param x [batch, height, width, channels]
 * @param weights [kernel height, kernel width, channels, multiplier], as in Keras
 * @param options stride 1, padding `valid` and dilation 1 by default
 * @returns [batch, windows down, windows across, channels · multiplier]
 * @throws ShapeError where the channels differ or no window fits
 * @throws UsageError where an option makes no sense
 */
export function depthwiseConv2d(x: Tensor, weights: Tensor, options: WindowOptions = {}): Tensor {
  const types = [x.type, weights.type];
  const groups = sizeAt(expectImage("depthwiseConv2d", types, 0).shape, 3);
  const [height = 1, width = 1, channels = 1, multiplier = 1] = expectInput(
    "depthwiseConv2d",
    types,
    1,
    4,
  ).shape;
  if (channels !== groups) {
    const hint = "weights are [height, width, channels, multiplier]";
    throw shapeError("depthwiseConv2d", types, "the channels differ", `${groups} channels`, hint);
  }
  return conv2d(x, reshape(weights, [height, width, 1, groups * multiplier]), { ...options, groups });
}
