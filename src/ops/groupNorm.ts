import type { Tensor } from "../graph/tensor.ts";
import { elementCount } from "../kernels/types.ts";
import { shapeError, sizeAt } from "./checks.ts";
import type { NormOptions } from "./norm_options.ts";
import { affineVectors, epsilonOf, expectRank } from "./norm_options.ts";
import { normaliseGroups } from "./normalise.ts";
import { reshape } from "./reshape.ts";

/**
 * Group normalisation: (x − mean) / √(variance + ε) · scale + bias, with mean and (biased) variance of each example over all
 * places and a group of neighbouring channels. Wu and He, "Group normalization", ECCV 2018.
 * @param x [batch, …, channels], such as NHWC
 * @param groups a divisor of the channels
 * @param options scale and bias: [channels]
 * @throws ShapeError where x has one axis, the groups do not divide the channels, or a vector does not fit; UsageError where
 *   epsilon is not above 0
 */
export function groupNorm(x: Tensor, groups: number, options: NormOptions = {}): Tensor {
  expectRank("groupNorm", x, 2, "f32[batch, …, channels]");
  const channels = sizeAt(x.shape, -1);
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
    throw shapeError(
      "groupNorm",
      [x.type],
      `${groups} groups do not divide the channels`,
      `a divisor of ${channels}`,
    );
  }
  return normaliseEach("groupNorm", x, groups, options);
}

/** Normalises each item of the batch over its places, groups of channels apart. */
export function normaliseEach(op: string, x: Tensor, groups: number, options: NormOptions): Tensor {
  const [batch, channels] = [sizeAt(x.shape, 0), sizeAt(x.shape, -1)];
  const columns = reshape(x, [batch, elementCount(x.shape) / (batch * channels), channels]);
  const vectors = affineVectors(op, x, options, [channels]);
  return reshape(normaliseGroups(columns, { groups, epsilon: epsilonOf(op, options) }, vectors).out, x.shape);
}
