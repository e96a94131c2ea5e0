import type { Tensor } from "../graph/tensor.ts";
import { adaptiveAveragePool2d, adaptiveMaxPool2d } from "./adaptive_pooling.ts";
import { averagePool2d } from "./averagePool2d.ts";
import { expectInput, sizeAt } from "./checks.ts";
import type { Padding } from "./convolution.ts";
import { maxPool2d } from "./maxPool2d.ts";
import type { PoolOptions } from "./pooling.ts";
import { reshape } from "./reshape.ts";

/** What a user says of a pooling over one axis. */
export interface Pool1dOptions {
  /** Length of the window. */
  readonly size: number;
  /** The window's length by default, so that windows tile the axis. */
  readonly stride?: number;
  /** As in two dimensions; a pair is the padding before and after. */
  readonly padding?: "valid" | "same" | number | readonly [before: number, after: number];
  /** Distance between a window's taps; 1 by default. */
  readonly dilation?: number;
  /** A last window may reach past the end, as in two dimensions; false by default. */
  readonly ceilMode?: boolean;
}

/** What a user says of an average pooling over one axis. */
export interface AveragePool1dOptions extends Pool1dOptions {
  /** Padding counts as zeros; false by default. */
  readonly countIncludePad?: boolean;
}

/**
 * The maximum of each window along the middle axis, as `maxPool2d` of an image of one row; the reshapes are free.
 * @param x [batch, length, channels]
 * @returns [batch, windows, channels]
 * @throws ShapeError where no window fits, or one lies in the padding alone
 */
export function maxPool1d(x: Tensor, options: Pool1dOptions): Tensor {
  return overOneRow("maxPool1d", x, (image) => maxPool2d(image, flatOptions(options)));
}

/**
 * The mean of each window along the middle axis, as `averagePool2d` of an image of one row.
 * @param x [batch, length, channels]
 * @returns [batch, windows, channels]
 * @throws ShapeError where no window fits, or one lies in the padding alone
 */
export function averagePool1d(
  x: Tensor,
  { countIncludePad = false, ...options }: AveragePool1dOptions,
): Tensor {
  const flat = { ...flatOptions(options), countIncludePad };
  return overOneRow("averagePool1d", x, (image) => averagePool2d(image, flat));
}

/** `adaptiveMaxPool2d` along the middle axis of [batch, length, channels], to so many bins. */
export function adaptiveMaxPool1d(x: Tensor, outputSize: number): Tensor {
  return overOneRow("adaptiveMaxPool1d", x, (image) => adaptiveMaxPool2d(image, [1, outputSize]));
}

/** `adaptiveAveragePool2d` along the middle axis of [batch, length, channels], to so many bins. */
export function adaptiveAveragePool1d(x: Tensor, outputSize: number): Tensor {
  return overOneRow("adaptiveAveragePool1d", x, (image) => adaptiveAveragePool2d(image, [1, outputSize]));
}

/** Windows of one row. */
function flatOptions(options: Pool1dOptions): PoolOptions {
  const { size, stride = size, padding = "valid", dilation = 1, ceilMode = false } = options;
  return {
    size: [1, size],
    stride: [1, stride],
    padding: typeof padding === "string" ? padding : sidesOf(padding),
    dilation: [1, dilation],
    ceilMode,
  };
}

function sidesOf(padding: number | readonly [before: number, after: number]): Padding {
  const [before, after] = typeof padding === "number" ? [padding, padding] : padding;
  return { top: 0, left: before, bottom: 0, right: after };
}

function overOneRow(op: string, x: Tensor, pool: (image: Tensor) => Tensor): Tensor {
  const { shape } = expectInput(op, [x.type], 0, 3);
  const [batch, length, channels] = [sizeAt(shape, 0), sizeAt(shape, 1), sizeAt(shape, 2)];
  const pooled = pool(reshape(x, [batch, 1, length, channels]));
  return reshape(pooled, [batch, sizeAt(pooled.shape, 2), channels]);
}
