import "../kernels/generated/lbfgsDots.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { expectFlat, expectLength } from "./flat_update.ts";
import type { LbfgsAttributes } from "./lbfgs.ts";
import { basisSize, controlLength, dotLanes, historyLength } from "./lbfgs.ts";

const lengthOf = ({ inputs }: KernelRequest<LbfgsAttributes>): number => inputs[0]?.shape[0] ?? 0;

export const lbfgsDotsOp = defineOp<LbfgsAttributes>({
  name: "lbfgsDots",
  inputs: ["gradients", "previousGradients", "history", "control"],
  outputs: ["parts"],
  type: (types, { slots }) => {
    const flat = expectInput("lbfgsDots", types, 0, 1);
    const length = sizeAt(flat.shape, 0);
    if (length % 4 !== 0) throw shapeError("lbfgsDots", types, "the length is odd", "a multiple of 4");
    expectFlat("lbfgsDots", types, 1, "previousGradients", length);
    expectLength("lbfgsDots", types, 2, "history", historyLength(slots, length));
    expectLength("lbfgsDots", types, 3, "control", controlLength);
    return [{ shape: [3 * basisSize(slots), dotLanes(length)], dtype: "f32" }];
  },
  kernels: [
    defineKernel<"lbfgsDots/lbfgsDots", LbfgsAttributes>({
      file: "lbfgsDots/lbfgsDots",
      params: (request) => {
        const length = lengthOf(request);
        return { vectors: length / 4, slots: request.attributes.slots, lanes: dotLanes(length) };
      },
      workgroups: (request) =>
        ceilDivide(basisSize(request.attributes.slots) * dotLanes(lengthOf(request)), 64),
    }),
  ],
  cost: (request) => {
    const [length, vectors] = [lengthOf(request), basisSize(request.attributes.slots)];
    return {
      flops: 7 * vectors * length,
      bytes: 4 * ((vectors + 1) * length + 3 * vectors * dotLanes(length)),
    };
  },
});

/**
 * Shares of all products that a step of L-BFGS needs: of the newest s, of y = g − g⁻ and of g with each vector of the basis, the
 * newest y in its place. Their sums along the last axis are the products.
 * @param gradients flat, f32, a multiple of 4 elements; so is `previousGradients`
 * @param history [2 · slots · length]: every s, then every y
 * @param control [4]; the third is the newest pair's place
 * @returns [3 · (2 · slots + 1), lanes]: for each basis vector three rows
 */
export function lbfgsDots(
  gradients: Tensor,
  previousGradients: Tensor,
  history: Tensor,
  control: Tensor,
  attributes: LbfgsAttributes,
): Tensor {
  return apply(lbfgsDotsOp, [gradients, previousGradients, history, control], attributes);
}
