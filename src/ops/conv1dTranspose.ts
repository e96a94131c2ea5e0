import type { Tensor } from "../graph/tensor.ts";
import { conv2dTranspose } from "./conv2dTranspose.ts";
import type { LineOptions, LinePadding } from "./line_convolution.ts";
import { asImage, asLine, imageFilters, imageOptions } from "./line_convolution.ts";

/** What a user says of a transposed convolution along one axis; each as of `conv2dTranspose`. */
export interface Conv1dTransposeOptions extends LineOptions {
  readonly padding?: LinePadding;
  readonly outputPadding?: number;
  readonly outputSize?: number;
}

/**
 * Transposed convolution along a line: `conv2dTranspose` of height 1, without copying.
 * @param x [batch, length, channels]
 * @param weights [kernel width, filters / groups, channels]
 * @param options stride 1, padding `valid`, dilation 1 and groups 1 by default
 * @returns [batch, …, filters]
 * @throws ShapeError where the channels differ or do not fall into the groups
 * @throws UsageError where an option makes no sense, or no convolution takes such a result to the input's length
 */
export function conv1dTranspose(
  x: Tensor,
  weights: Tensor,
  { padding = "valid", outputPadding, outputSize, ...options }: Conv1dTransposeOptions = {},
): Tensor {
  return asLine(
    conv2dTranspose(asImage("conv1dTranspose", x), imageFilters("conv1dTranspose", weights), {
      ...imageOptions(options, padding),
      ...(outputPadding !== undefined && { outputPadding: [0, outputPadding] as const }),
      ...(outputSize !== undefined && { outputSize: [1, outputSize] as const }),
    }),
  );
}
