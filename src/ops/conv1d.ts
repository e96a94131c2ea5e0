import type { Tensor } from "../graph/tensor.ts";
import { conv2d } from "./conv2d.ts";
import type { LineOptions } from "./line_convolution.ts";
import { asImage, asLine, imageFilters, imageOptions } from "./line_convolution.ts";

/** What a user says of a convolution along one axis. */
export interface Conv1dOptions extends LineOptions {
  /**
   * As of `conv2d`, one number for both ends or one for each; `causal` pads the beginning alone, so that no result sees
   * what comes after it.
   */
  readonly padding?: "valid" | "same" | "causal" | number | readonly [before: number, after: number];
}

/**
 * Convolution along a line, such as time: `conv2d` of height 1, without copying.
 *
 * out[b, o, f] = Σ x[b, o·stride + k·dilation − padding, c] · weights[k, c, f], over the channels of the filter's group.
 * @param x [batch, length, channels]
 * @param weights [kernel width, channels / groups, filters]
 * @param options stride 1, padding `valid`, dilation 1 and groups 1 by default
 * @returns [batch, windows, filters]
 * @throws ShapeError where the channels differ, do not fall into the groups, or no window fits
 * @throws UsageError where an option makes no sense
 */
export function conv1d(
  x: Tensor,
  weights: Tensor,
  { padding = "valid", ...options }: Conv1dOptions = {},
): Tensor {
  const filters = imageFilters("conv1d", weights);
  const { dilation = 1 } = options;
  const before = ((weights.shape[0] ?? 1) - 1) * dilation;
  const sides = padding === "causal" ? ([before, 0] as const) : padding;
  return asLine(conv2d(asImage("conv1d", x), filters, imageOptions(options, sides)));
}
