import type { Tensor } from "../graph/tensor.ts";
import { expectInput } from "./checks.ts";
import type { ConvolutionOptions } from "./convolution.ts";
import { reshape } from "./reshape.ts";

/** What the convolutions along one axis have in common; each number as of `conv2d`. */
export interface LineOptions {
  readonly stride?: number;
  readonly dilation?: number;
  readonly groups?: number;
}

/** Padding of a line: before and after. */
export type LinePadding = "valid" | "same" | number | readonly [before: number, after: number];

/** [batch, length, channels] → [batch, 1, length, channels] */
export function asImage(op: string, x: Tensor): Tensor {
  const [batch = 1, length = 1, channels = 1] = expectInput(op, [x.type], 0, 3).shape;
  return reshape(x, [batch, 1, length, channels]);
}

/** [width, channels, filters] → [1, width, channels, filters] */
export function imageFilters(op: string, weights: Tensor): Tensor {
  return reshape(weights, [1, ...expectInput(op, [weights.type], 0, 3).shape]);
}

/** [batch, 1, length, channels] → [batch, length, channels] */
export function asLine(image: Tensor): Tensor {
  const [batch = 1, , length = 1, channels = 1] = image.shape;
  return reshape(image, [batch, length, channels]);
}

/** The same said of an image of height 1. */
export function imageOptions(
  { stride = 1, dilation = 1, groups = 1 }: LineOptions,
  padding: LinePadding,
): ConvolutionOptions {
  const shared = { stride: [1, stride], dilation: [1, dilation], groups } as const;
  if (typeof padding === "string") return { ...shared, padding };
  const [left, right] = typeof padding === "number" ? [padding, padding] : padding;
  return { ...shared, padding: { top: 0, left, bottom: 0, right } };
}
