import "../kernels/generated/randomBernoulli.ts";
import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import type { DrawAttributes, StreamOptions } from "./random_draw.ts";
import { defineDraw, drawGroups, drawVectors, expectDraw } from "./random_draw.ts";

export interface BernoulliOptions extends StreamOptions {
  /** Of a 1, from 0 to 1. */
  readonly probability: number;
}

interface BernoulliAttributes extends DrawAttributes {
  readonly probability: number;
}

export const randomBernoulliOp = defineDraw<BernoulliAttributes>(
  "randomBernoulli",
  defineKernel<"randomBernoulli/randomBernoulli", BernoulliAttributes>({
    file: "randomBernoulli/randomBernoulli",
    params: (request) => {
      const { stream, probability } = request.attributes;
      return { vectors: drawVectors(request), stream, probability };
    },
    workgroups: drawGroups,
  }),
);

/**
 * 1 with the given probability, else 0, as f32, drawn anew in each step: 1 where `randomUniform` of the same stream is
 * below the probability. The gradient is zero.
 * @param shape of the result, f32
 * @param options `stream` and `probability`
 * @throws UsageError where an option or the shape is out of range
 */
export function randomBernoulli(shape: Shape, options: BernoulliOptions): Tensor {
  const { stream, probability } = options;
  expectDraw("random.bernoulli", shape, stream);
  if (!(probability >= 0 && probability <= 1)) {
    throw new UsageError({
      where: "random.bernoulli",
      problem: "the probability is out of range",
      got: String(probability),
      expected: "a number from 0 to 1",
    });
  }
  return apply(randomBernoulliOp, [], { shape, stream, probability });
}
