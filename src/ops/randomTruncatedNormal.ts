import "../kernels/generated/randomTruncatedNormal.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import { defineDraw, drawGroups } from "./random_draw.ts";
import type { NormalAttributes, NormalOptions } from "./random_normal.ts";
import { normalAttributes, normalParams } from "./random_normal.ts";

export const randomTruncatedNormalOp = defineDraw<NormalAttributes>(
  "randomTruncatedNormal",
  defineKernel<"randomTruncatedNormal/randomTruncatedNormal", NormalAttributes>({
    file: "randomTruncatedNormal/randomTruncatedNormal",
    params: normalParams,
    workgroups: drawGroups,
  }),
);

/**
 * Normal numbers within two standard deviations of the mean, by the inverse of the distribution function at a uniform
 * number of 24 bits; the standard deviation of what is drawn is 0.87963 times the given one. Drawn anew in each step: from the
 * engine's seed, the step's number, the stream and the element's place, and nothing else. The gradient is zero.
 * @param shape of the result, f32
 * @param options `stream`; `mean`, 0 by default, and `standardDeviation`, 1 by default
 * @throws UsageError where an option or the shape is out of range
 */
export function randomTruncatedNormal(shape: Shape, options: NormalOptions): Tensor {
  return apply(randomTruncatedNormalOp, [], normalAttributes("random.truncatedNormal", shape, options));
}
