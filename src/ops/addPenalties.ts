import "../kernels/generated/addPenalties.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { defineFlatTransform, flatGroups, flatVectors } from "./flat_transforms.ts";

export const addPenaltiesOp = defineFlatTransform<null>({
  name: "addPenalties",
  flat: ["gradients", "parameters"],
  table: { name: "penalties", dtype: "f32", width: 2 },
  kernel: defineKernel<"addPenalties/addPenalties", null>({
    file: "addPenalties/addPenalties",
    params: (request) => ({ vectors: flatVectors(request) }),
    workgroups: flatGroups,
  }),
  flops: 6,
});

/**
 * Adds the gradient of λ₁ · Σ |θ| + λ₂ · Σ θ²: g + λ₁ · sign(θ) + 2 · λ₂ · θ.
 * @param gradients flat, f32
 * @param parameters θ, of the same layout
 * @param penalties two numbers for each 64 elements: λ₁ and λ₂
 */
export function addPenalties(gradients: Tensor, parameters: Tensor, penalties: Tensor): Tensor {
  return apply(addPenaltiesOp, [gradients, parameters, penalties], null);
}
