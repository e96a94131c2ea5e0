import "../kernels/generated/randomUniform.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import type { DrawAttributes, StreamOptions } from "./random_draw.ts";
import { defineDraw, drawGroups, drawVectors, expectDraw, expectFinite } from "./random_draw.ts";

export interface UniformOptions extends StreamOptions {
  /** 0 by default. */
  readonly low?: number | undefined;
  /** 1 by default. */
  readonly high?: number | undefined;
}

interface UniformAttributes extends DrawAttributes {
  readonly low: number;
  readonly high: number;
}

export const randomUniformOp = defineDraw<UniformAttributes>(
  "randomUniform",
  defineKernel<"randomUniform/randomUniform", UniformAttributes>({
    file: "randomUniform/randomUniform",
    params: (request) => {
      const { stream, low, high } = request.attributes;
      return { vectors: drawVectors(request), stream, low, span: high - low };
    },
    workgroups: drawGroups,
  }),
);

/**
 * Uniform numbers in [low, high) with 24 random bits each, drawn anew in each step: from the engine's seed, the step's
 * number, the stream and the element's place, and nothing else. They are those of
 * `new RandomStream(seed, stream, step).uniform()`; rounding to f32 can give `high` itself. The gradient is zero.
 * @param shape of the result, f32
 * @param options `stream`; `low`, 0 by default, and `high`, 1 by default
 * @throws UsageError where an option or the shape is out of range
 */
export function randomUniform(shape: Shape, options: UniformOptions): Tensor {
  const { stream, low = 0, high = 1 } = options;
  expectDraw("random.uniform", shape, stream);
  expectFinite("random.uniform", { low, high });
  return apply(randomUniformOp, [], { shape, stream, low, high });
}
