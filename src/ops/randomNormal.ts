import "../kernels/generated/randomNormal.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import { defineDraw, drawGroups } from "./random_draw.ts";
import type { NormalAttributes, NormalOptions } from "./random_normal.ts";
import { normalAttributes, normalParams } from "./random_normal.ts";

export const randomNormalOp = defineDraw<NormalAttributes>(
  "randomNormal",
  defineKernel<"randomNormal/randomNormal", NormalAttributes>({
    file: "randomNormal/randomNormal",
    params: normalParams,
    workgroups: drawGroups,
  }),
);

/**
 * Normal numbers by the method of Box and Muller (1958), drawn anew in each step: from the engine's seed, the step's
 * number, the stream and the element's place, and nothing else. Of the same bits as
 * `new RandomStream(seed, stream, step).normal()`, and within 1e-5 + 1.3e-6 · |z| of it. The gradient is zero.
 * @param shape of the result, f32
 * @param options `stream`; `mean`, 0 by default, and `standardDeviation`, 1 by default
 * @throws UsageError where an option or the shape is out of range
 */
export function randomNormal(shape: Shape, options: NormalOptions): Tensor {
  return apply(randomNormalOp, [], normalAttributes("random.normal", shape, options));
}
