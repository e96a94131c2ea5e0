import "../kernels/generated/batchIndices.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";

export interface BatchIndicesAttributes {
  readonly batchSize: number;
  /** Positions of the permutation in use; a batch that reaches past them is filled up. */
  readonly count: number;
}

export const batchIndicesOp = defineOp<BatchIndicesAttributes>({
  name: "batchIndices",
  inputs: ["permutation"],
  outputs: ["indices", "present"],
  type: (inputs, { batchSize, count }) => {
    const permutation = expectInput("batchIndices", inputs, 0, 1, "u32");
    if (count > elementCount(permutation.shape)) {
      throw shapeError("batchIndices", inputs, "the permutation is too short", `${count} positions`);
    }
    return [
      { shape: [batchSize], dtype: "u32" },
      { shape: [batchSize], dtype: "f32" },
    ];
  },
  kernels: [
    defineKernel<"batchIndices/batchIndices", BatchIndicesAttributes>({
      file: "batchIndices/batchIndices",
      params: ({ attributes: { batchSize, count } }) => ({ batch: batchSize, count }),
      workgroups: ({ attributes: { batchSize } }) => ceilDivide(batchSize, 64),
    }),
  ],
  cost: ({ attributes: { batchSize } }) => ({ flops: 0, bytes: 12 * batchSize }),
});

/**
 * Which examples the step's batch is made of: place i has permutation[batchStart + i], with `batchStart` from the step.
 * What `gather` takes by them is the batch of a table.
 * @param permutation u32, numbers of examples in the order of the epoch
 * @returns indices, u32 [batch], and present, f32 [batch]: 1, but from position `count` on 0, where the index is 0xFFFFFFFF
 * @throws ShapeError where the permutation is shorter than `count`
 */
export function batchIndices(permutation: Tensor, attributes: BatchIndicesAttributes): readonly Tensor[] {
  return record(batchIndicesOp, [permutation], attributes);
}
