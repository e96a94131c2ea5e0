import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { elementCount } from "../kernels/types.ts";
import { add } from "./add.ts";
import { castLike } from "./cast.ts";
import { sizeAt } from "./checks.ts";
import { cast } from "./convert.ts";
import type { Moments } from "./mergeMoments.ts";
import { mul } from "./mul.ts";
import type { NormOptions } from "./norm_options.ts";
import { affineVectors, epsilonOf, expectRank } from "./norm_options.ts";
import { normaliseGroups } from "./normalise.ts";
import { reshape } from "./reshape.ts";
import { rsqrt } from "./rsqrt.ts";
import { sub } from "./sub.ts";

export interface BatchNormOptions extends NormOptions {
  /** Normalise by these, [channels] each, and not by the batch's own: what inference does. */
  readonly statistics?: { readonly mean: Tensor; readonly variance: Tensor } | undefined;
}

/**
 * Batch normalisation: (x − mean) / √(variance + ε) · scale + bias, with mean and (biased) variance of each channel over the
 * batch and all places. Ioffe and Szegedy, "Batch normalization", ICML 2015.
 * @param x [batch, …, channels]: [batch, features], NHWC
 * @param options scale and bias: [channels]
 * @throws ShapeError where x has one axis, or a vector does not fit; UsageError where epsilon is not above 0
 */
export function batchNorm(x: Tensor, options: BatchNormOptions = {}): Tensor {
  return options.statistics
    ? withStatistics(x, options, options.statistics)
    : batchNormWithMoments(x, options).out;
}

/** As `batchNorm` by the batch's own statistics, which are returned too: what running ones are made of. */
export function batchNormWithMoments(
  x: Tensor,
  options: NormOptions = {},
): Moments & { readonly out: Tensor } {
  const channels = channelsOf(x);
  const epsilon = epsilonOf("batchNorm", options);
  const columns = reshape(x, [1, elementCount(x.shape) / channels, channels]);
  const vectors = affineVectors("batchNorm", x, options, [channels]);
  const { out, ...moments } = normaliseGroups(columns, { groups: channels, epsilon }, vectors);
  return { ...moments, out: reshape(out, x.shape) };
}

function withStatistics(
  x: Tensor,
  options: NormOptions,
  { mean, variance }: NonNullable<BatchNormOptions["statistics"]>,
): Tensor {
  const channels = channelsOf(x);
  affineVectors("batchNorm", x, { scale: mean, bias: variance }, [channels]);
  const { scale, bias } = affineVectors("batchNorm", x, options, [channels]);
  const inverse = rsqrt(add(variance, scalar(epsilonOf("batchNorm", options))));
  const value = mul(sub(cast(x, "f32"), mean), inverse);
  const scaled = scale ? mul(value, scale) : value;
  return castLike(bias ? add(scaled, bias) : scaled, x);
}

function channelsOf(x: Tensor): number {
  expectRank("batchNorm", x, 2, "f32[batch, …, channels]");
  return sizeAt(x.shape, -1);
}
