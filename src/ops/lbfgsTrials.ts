import "../kernels/generated/lbfgsTrials.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { expectFlat, expectLength, flatVectors } from "./flat_update.ts";
import type { LineSearchAttributes } from "./lbfgs.ts";
import { basisSize, coefficientCount, historyLength } from "./lbfgs.ts";

export const lbfgsTrialsOp = defineOp<LineSearchAttributes>({
  name: "lbfgsTrials",
  kind: "update",
  inputs: ["gradients", "parameters", "coefficients", "previousGradients", "history"],
  outputs: ["previousGradients", "history", "trials"],
  updates: [3, 4],
  type: (types, { slots, count }) => {
    const flat = expectInput("lbfgsTrials", types, 0, 1);
    const length = sizeAt(flat.shape, 0);
    if (length % 4 !== 0) throw shapeError("lbfgsTrials", types, "the length is odd", "a multiple of 4");
    expectFlat("lbfgsTrials", types, 1, "parameters", length);
    expectLength("lbfgsTrials", types, 2, "coefficients", coefficientCount(slots));
    expectFlat("lbfgsTrials", types, 3, "previousGradients", length);
    expectLength("lbfgsTrials", types, 4, "history", historyLength(slots, length));
    return [...types.slice(3, 5), { shape: [count * length], dtype: "f32" }];
  },
  kernels: [
    defineKernel<"lbfgsTrials/lbfgsTrials", LineSearchAttributes>({
      file: "lbfgsTrials/lbfgsTrials",
      params: (request) => ({ vectors: flatVectors(request), ...request.attributes }),
      workgroups: (request) => ceilDivide(flatVectors(request), 64),
      bindings: () => [
        ...["gradients", "parameters", "coefficients", null, null],
        ...["previousGradients", "history", "trials"],
      ],
    }),
  ],
  cost: (request) => {
    const { slots, count } = request.attributes;
    const length = 4 * flatVectors(request);
    const vectors = basisSize(slots);
    return { flops: (2 * vectors + 2 * count) * length, bytes: 4 * (vectors + 5 + count) * length };
  },
});

/**
 * Trial points of a line search along L-BFGS's direction d, a combination of the history and the gradient: θ + η · α · shrinkᵏ · d.
 * Keeps this step's y and gradient for the next.
 * @param gradients flat, f32, a multiple of 4 elements
 * @param parameters flat, of the same length
 * @param coefficients of `lbfgsCoefficients`
 * @param previousGradients flat state of the same length
 * @param history state, [2 · slots · length]: every s, then every y
 * @returns previous gradients and history in the storage of the old, and trials [count · length]
 */
export function lbfgsTrials(
  gradients: Tensor,
  parameters: Tensor,
  coefficients: Tensor,
  previousGradients: Tensor,
  history: Tensor,
  attributes: LineSearchAttributes,
): readonly Tensor[] {
  const inputs = [gradients, parameters, coefficients, previousGradients, history];
  return record(lbfgsTrialsOp, inputs, attributes);
}
