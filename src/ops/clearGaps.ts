import "../kernels/generated/clearGaps.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { expectInput, sizeAt } from "./checks.ts";
import { expectLength, flatVectors } from "./flat_update.ts";
import { segmentBlock } from "./optimizer.ts";

export const clearGapsOp = defineOp<null>({
  name: "clearGaps",
  inputs: ["x", "lengths"],
  outputs: ["out"],
  type: (types) => {
    const flat = expectInput("clearGaps", types, 0, 1);
    expectLength("clearGaps", types, 1, "lengths", ceilDivide(sizeAt(flat.shape, 0), segmentBlock), "u32");
    return [flat];
  },
  kernels: [
    defineKernel<"clearGaps/clearGaps", null>({
      file: "clearGaps/clearGaps",
      params: (request) => ({ vectors: flatVectors(request) }),
      workgroups: (request) => ceilDivide(flatVectors(request), 64),
    }),
  ],
});

/**
 * A flat buffer of many tensors with zero between them. The parts of a pack are written by whatever computes them, which may
 * leave anything behind their ends; sums over the whole have to be rid of that.
 * @param x flat, f32
 * @param lengths u32, for each 64 elements how many of them are some tensor's
 */
export function clearGaps(x: Tensor, lengths: Tensor): Tensor {
  return apply(clearGapsOp, [x, lengths], null);
}
