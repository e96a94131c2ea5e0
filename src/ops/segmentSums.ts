import "../kernels/generated/segmentSums.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";

const params = ({ outputs }: KernelRequest) => ({
  sums: elementCount(outputs[0]?.shape ?? []),
  columns: outputs[0]?.shape[1] ?? 1,
});

/** From how many rows a segment on average a workgroup a sum is worth its barriers. */
const longSegment = 64;

export const segmentSumsOp = defineOp<null>({
  name: "segmentSums",
  inputs: ["x", "starts"],
  outputs: ["out"],
  type: (inputs) => {
    const { shape } = expectInput("segmentSums", inputs, 0, 2);
    const starts = expectInput("segmentSums", inputs, 1, 1, "u32");
    const segments = sizeAt(starts.shape, 0) - 1;
    if (segments < 1) throw shapeError("segmentSums", inputs, "there is no segment", "at least two starts");
    return [{ shape: [segments, sizeAt(shape, 1)], dtype: "f32" }];
  },
  kernels: [
    defineKernel<"segmentSums/workgroup", null>({
      file: "segmentSums/workgroup",
      suits: ({ inputs, outputs }, traits) =>
        !traits.barriersAreDear && (inputs[0]?.shape[0] ?? 0) >= longSegment * (outputs[0]?.shape[0] ?? 1),
      params,
      workgroups: (request) => params(request).sums,
    }),
    defineKernel<"segmentSums/serial", null>({
      file: "segmentSums/serial",
      params,
      workgroups: (request) => ceilDivide(params(request).sums, 64),
    }),
  ],
  cost: ({ inputs, outputs }) => {
    const [read, written] = [elementCount(inputs[0]?.shape ?? []), elementCount(outputs[0]?.shape ?? [])];
    return { flops: read, bytes: 4 * (read + written + elementCount(inputs[1]?.shape ?? [])) };
  },
});

/**
 * Sums of runs of rows, in a fixed order: out[s] = Σ x[i], i from starts[s] up to starts[s + 1]. What is known for each
 * block of a flat buffer becomes what is known for each tensor in it: norms, counts.
 * @param x [rows, columns], f32
 * @param starts [segments + 1], u32, rising, the last at most `rows`
 * @returns [segments, columns], f32
 */
export function segmentSums(x: Tensor, starts: Tensor): Tensor {
  return apply(segmentSumsOp, [x, starts], null);
}
