import type { Tensor } from "../graph/tensor.ts";
import { sizeAt } from "./checks.ts";
import { normaliseEach } from "./groupNorm.ts";
import type { NormOptions } from "./norm_options.ts";
import { expectRank } from "./norm_options.ts";

/**
 * Instance normalisation: (x − mean) / √(variance + ε) · scale + bias, with mean and (biased) variance of each channel of each
 * example over its places. Ulyanov, Vedaldi and Lempitsky, "Instance normalization", 2016.
 * @param x [batch, …, channels] with axes of places between, such as NHWC
 * @param options scale and bias: [channels]
 * @throws ShapeError where x has fewer than three axes, or a vector does not fit; UsageError where epsilon is not above 0
 */
export function instanceNorm(x: Tensor, options: NormOptions = {}): Tensor {
  expectRank("instanceNorm", x, 3, "f32[batch, …, channels] with places between");
  return normaliseEach("instanceNorm", x, sizeAt(x.shape, -1), options);
}
