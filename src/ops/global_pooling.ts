import type { Tensor } from "../graph/tensor.ts";
import { expectInput } from "./checks.ts";
import { max } from "./max.ts";
import { mean } from "./mean.ts";

export interface GlobalPoolOptions {
  /** Keep the folded axes with size 1; false by default. */
  readonly keepDims?: boolean;
}

/** The mean over height and width: [batch, height, width, channels] → [batch, channels]. */
export function globalAveragePool2d(x: Tensor, { keepDims = false }: GlobalPoolOptions = {}): Tensor {
  expectInput("globalAveragePool2d", [x.type], 0, 4);
  return mean(x, { axes: [1, 2], keepDims });
}

/**
 * The maximum over height and width: [batch, height, width, channels] → [batch, channels]. Equal maxima share the
 * gradient equally.
 */
export function globalMaxPool2d(x: Tensor, { keepDims = false }: GlobalPoolOptions = {}): Tensor {
  expectInput("globalMaxPool2d", [x.type], 0, 4);
  return max(x, { axes: [1, 2], keepDims });
}

/** The mean over the length: [batch, length, channels] → [batch, channels]. */
export function globalAveragePool1d(x: Tensor, { keepDims = false }: GlobalPoolOptions = {}): Tensor {
  expectInput("globalAveragePool1d", [x.type], 0, 3);
  return mean(x, { axes: [1], keepDims });
}

/** The maximum over the length: [batch, length, channels] → [batch, channels]; ties as of `globalMaxPool2d`. */
export function globalMaxPool1d(x: Tensor, { keepDims = false }: GlobalPoolOptions = {}): Tensor {
  expectInput("globalMaxPool1d", [x.type], 0, 3);
  return max(x, { axes: [1], keepDims });
}
