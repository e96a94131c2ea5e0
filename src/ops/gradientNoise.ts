import "../kernels/generated/gradientNoise.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { defineFlatTransform, flatGroups, flatVectors } from "./flat_transforms.ts";

export interface GradientNoiseAttributes {
  /** η: the variance in the first step. */
  readonly eta: number;
  /** γ: the variance falls as (1 + t)^−γ. */
  readonly gamma: number;
  /** A u32. */
  readonly stream: number;
}

export const gradientNoiseOp = defineFlatTransform<GradientNoiseAttributes>({
  name: "gradientNoise",
  flat: ["gradients"],
  table: { name: "used", dtype: "u32", width: 1 },
  kernel: defineKernel<"gradientNoise/gradientNoise", GradientNoiseAttributes>({
    file: "gradientNoise/gradientNoise",
    params: (request) => {
      const { eta, gamma, stream } = request.attributes;
      return { vectors: flatVectors(request), stream, deviation: Math.sqrt(eta), power: gamma / 2 };
    },
    workgroups: flatGroups,
  }),
  flops: 40,
});

/**
 * Adds normal noise of variance η / (1 + t)^γ, t the steps done: Neelakantan et al., "Adding gradient noise improves
 * learning for very deep networks", 2015. The random words come from seed, step, stream and place alone.
 * @param gradients flat, f32
 * @param used u32, for each 64 elements how many of them belong to a tensor: the others get no noise
 */
export function gradientNoise(gradients: Tensor, used: Tensor, attributes: GradientNoiseAttributes): Tensor {
  return apply(gradientNoiseOp, [gradients, used], attributes);
}
