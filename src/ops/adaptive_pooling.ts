import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { averagePool2dOp } from "./averagePool2d.ts";
import type { Pair } from "./convolution.ts";
import { maxPool2dOp } from "./maxPool2d.ts";
import { adaptiveAttributes } from "./pooling.ts";

/**
 * The mean of each of as many bins as asked, whatever the image's size: bin i of n over a size s holds the places from
 * ⌊i·s/n⌋ up to ⌈(i+1)·s/n⌉, as in PyTorch, so that neighbours may share one.
 * @param x [batch, height, width, channels]
 * @param outputSize bins down and across, or one number for both
 * @returns [batch, bins down, bins across, channels]
 * @throws UsageError where a number of bins is no positive integer
 */
export function adaptiveAveragePool2d(x: Tensor, outputSize: number | Pair): Tensor {
  const attributes = adaptiveAttributes("adaptiveAveragePool2d", x, outputSize);
  return apply(averagePool2dOp, [x], { ...attributes, countIncludePad: false });
}

/** The maximum of each bin; bins as of `adaptiveAveragePool2d`. The gradient goes to the first of equal maxima. */
export function adaptiveMaxPool2d(x: Tensor, outputSize: number | Pair): Tensor {
  return apply(maxPool2dOp, [x], adaptiveAttributes("adaptiveMaxPool2d", x, outputSize));
}
