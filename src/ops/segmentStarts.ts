import "../kernels/generated/segmentStarts.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput } from "./checks.ts";

export interface SegmentStartsAttributes {
  readonly segments: number;
}

export const segmentStartsOp = defineOp<SegmentStartsAttributes>({
  name: "segmentStarts",
  inputs: ["keys"],
  outputs: ["starts"],
  type: (inputs, { segments }) => {
    expectInput("segmentStarts", inputs, 0, 1, "u32");
    return [{ shape: [segments + 1], dtype: "u32" }];
  },
  kernels: [
    defineKernel<"segmentStarts/segmentStarts", SegmentStartsAttributes>({
      file: "segmentStarts/segmentStarts",
      params: ({ inputs, attributes: { segments } }) => ({
        count: elementCount(inputs[0]?.shape ?? []),
        starts: segments + 1,
      }),
      workgroups: ({ attributes: { segments } }) => ceilDivide(segments + 1, 64),
    }),
  ],
});

/**
 * Where in sorted keys each segment begins: starts[s] is how many keys are below s, and starts[segments] how many there
 * are without those of no segment.
 */
export function segmentStarts(keys: Tensor, segments: number): Tensor {
  return apply(segmentStartsOp, [keys], { segments });
}
