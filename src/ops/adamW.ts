import "../kernels/generated/adamW.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { AdamAttributes } from "./adam.ts";
import { adamParams } from "./adam.ts";
import { defineOptimizer } from "./optimizer.ts";

export const adamWOp = defineOptimizer<"adamW/adamW", AdamAttributes>({
  name: "adamW",
  moments: ["firstMoment", "secondMoment"],
  file: "adamW/adamW",
  flops: 17,
  params: adamParams,
});

/**
 * A step of AdamW (Loshchilov and Hutter 2019): Adam with the weight decay apart from the moments, θ ← θ − η · λ · θ.
 * @param gradients flat, f32
 * @param segments two numbers for each 64 elements: multipliers of the learning rate and of λ
 * @param parameters flat state of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so is `secondMoment`
 * @returns the new parameters, first and second moment, in the storage of the old
 */
export function adamW(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  secondMoment: Tensor,
  attributes: AdamAttributes,
): readonly Tensor[] {
  return record(adamWOp, [gradients, segments, parameters, firstMoment, secondMoment], attributes);
}
