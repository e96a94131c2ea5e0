import "../kernels/generated/lambApply.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, sizeAt } from "./checks.ts";
import { expectFlat, expectLength, flatVectors } from "./flat_update.ts";
import { segmentBlock } from "./optimizer.ts";

export const lambApplyOp = defineOp<null>({
  name: "lambApply",
  kind: "update",
  inputs: ["direction", "segments", "owners", "squares", "parameters"],
  outputs: ["parameters"],
  updates: [4],
  type: (types) => {
    const flat = expectInput("lambApply", types, 0, 1);
    const length = sizeAt(flat.shape, 0);
    expectFlat("lambApply", types, 1, "segments", length);
    expectLength("lambApply", types, 2, "owners", ceilDivide(length, segmentBlock), "u32");
    expectInput("lambApply", types, 3, 1);
    expectFlat("lambApply", types, 4, "parameters", length);
    return [flat];
  },
  kernels: [
    defineKernel<"lambApply/lambApply", null>({
      file: "lambApply/lambApply",
      params: (request) => ({ vectors: flatVectors(request) }),
      workgroups: (request) => ceilDivide(flatVectors(request), 64),
      bindings: () => ["direction", "segments", "owners", "squares", null, "parameters"],
    }),
  ],
  cost: ({ outputs }) => {
    const length = elementCount(outputs[0]?.shape ?? []);
    return { flops: 3 * length, bytes: 4 * (3 * length + 3 * ceilDivide(length, segmentBlock)) };
  },
});

/**
 * The second half of a step of LAMB: θ ← θ − η · (‖θ‖ / ‖u‖) · u, tensor by tensor; the ratio is 1 where a norm is 0.
 * @param direction flat, f32: u
 * @param segments two numbers for each 64 elements; the first multiplies the learning rate
 * @param owners u32, for each 64 elements the number of the tensor that they belong to
 * @param squares [2 · tensors], ‖θ‖² and ‖u‖² of each
 * @param parameters flat state of the direction's length
 * @returns the new parameters, in the storage of the old
 */
export function lambApply(
  direction: Tensor,
  segments: Tensor,
  owners: Tensor,
  squares: Tensor,
  parameters: Tensor,
): Tensor {
  return apply(lambApplyOp, [direction, segments, owners, squares, parameters], null);
}
