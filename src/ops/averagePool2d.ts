import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { averagePooling } from "./average_pooling.ts";
import type { PoolOptions } from "./pooling.ts";
import { poolAttributes } from "./pooling.ts";

export const averagePool2dOp = averagePooling.average;

/** What a user says of an average pooling. */
export interface AveragePoolOptions extends PoolOptions {
  /**
   * Padding counts as zeros, what `ceilMode` adds never; false by default, as in Keras: a window's mean is that of its
   * taps inside the image. PyTorch's default is true.
   */
  readonly countIncludePad?: boolean;
}

/**
 * The mean of each window, channel by channel.
 * @param x [batch, height, width, channels]
 * @throws ShapeError where no window fits, or one lies in the padding alone
 */
export function averagePool2d(
  x: Tensor,
  { countIncludePad = false, ...options }: AveragePoolOptions,
): Tensor {
  return apply(averagePool2dOp, [x], { ...poolAttributes("averagePool2d", x, options), countIncludePad });
}
