import "../kernels/generated/lbfgsCoefficients.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { expectLength } from "./flat_update.ts";
import type { LbfgsAttributes } from "./lbfgs.ts";
import { basisSize, coefficientCount, controlLength, gramLength, outcomeLength } from "./lbfgs.ts";

export interface LbfgsCoefficientsAttributes extends LbfgsAttributes {
  /** ε: pairs with s · y ≤ ε · ‖y‖² are passed over. */
  readonly curvature: number;
  /** What the first trial shrinks by after a line search that found nothing. */
  readonly retreat: number;
}

export const lbfgsCoefficientsOp = defineOp<LbfgsCoefficientsAttributes>({
  name: "lbfgsCoefficients",
  kind: "update",
  inputs: ["products", "outcome", "gram", "control"],
  outputs: ["gram", "control", "coefficients"],
  updates: [2, 3],
  type: (types, { slots }) => {
    const lengths = [3 * basisSize(slots), outcomeLength, gramLength(slots), controlLength];
    ["products", "outcome", "gram", "control"].forEach((name, index) => {
      expectLength("lbfgsCoefficients", types, index, name, lengths[index] ?? 0);
    });
    return [...types.slice(2, 4), { shape: [coefficientCount(slots)], dtype: "f32" }];
  },
  kernels: [
    defineKernel<"lbfgsCoefficients/lbfgsCoefficients", LbfgsCoefficientsAttributes>({
      file: "lbfgsCoefficients/lbfgsCoefficients",
      constants: ({ attributes: { slots } }) => ({ SLOTS: slots }),
      params: ({ attributes: { curvature, retreat } }) => ({ curvature, retreat }),
      workgroups: () => 1,
      bindings: () => ["products", "outcome", null, null, "gram", "control", "coefficients"],
    }),
  ],
});

/**
 * The two-loop recursion (Nocedal 1980) on coefficients of the vectors in the history and the gradient, by their products alone
 * (Chen, Wang and Zhou, NeurIPS 2014). Takes the newest pair up where its curvature is positive; starts anew where rounding
 * left no descent.
 * @param products [3 · (2 · slots + 1)], the sums of `lbfgsDots`
 * @param outcome [4], of the step before; the first is 0 where its line search found nothing
 * @param gram state, [4 · slots² + 4], products of the history's vectors; zero at first
 * @param control state, [4], zero at first
 * @returns gram and control in the storage of the old, and coefficients [2 · slots + 5]: one for each basis vector, then
 *   g · d, the first trial's length, the place of this step's y and of the next s
 */
export function lbfgsCoefficients(
  products: Tensor,
  outcome: Tensor,
  gram: Tensor,
  control: Tensor,
  attributes: LbfgsCoefficientsAttributes,
): readonly Tensor[] {
  return record(lbfgsCoefficientsOp, [products, outcome, gram, control], attributes);
}
