import "../kernels/generated/norm.ts";
import "../kernels/generated/stridedNorms.ts";
import "../kernels/generated/sum.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";

const norms = ({ outputs }: KernelRequest) => elementCount(outputs[0]?.shape ?? []);

export const stridedNormsOp = defineOp<null>({
  name: "stridedNorms",
  inputs: ["x", "segments"],
  outputs: ["out"],
  type: (inputs) => {
    expectInput("stridedNorms", inputs, 0, 1);
    const numbers = sizeAt(expectInput("stridedNorms", inputs, 1, 1, "u32").shape, 0);
    if (numbers % 3 !== 0 || numbers === 0) {
      throw shapeError(
        "stridedNorms",
        inputs,
        "the segments are not whole",
        "start, stride and count of each",
      );
    }
    return [{ shape: [numbers / 3], dtype: "f32" }];
  },
  kernels: [
    defineKernel<"stridedNorms/stridedNorms", null>({
      file: "stridedNorms/stridedNorms",
      includes: { "sum/fold": "norm/fold_2" },
      params: (request) => ({ norms: norms(request) }),
      workgroups: (request) => ceilDivide(norms(request), 64),
    }),
  ],
  cost: ({ inputs: [x, segments], outputs }) => {
    const elements = elementCount(x?.shape ?? []);
    const others = elementCount(segments?.shape ?? []) + elementCount(outputs[0]?.shape ?? []);
    return { flops: 2 * elements, bytes: 4 * (elements + others) };
  },
});

/**
 * Norms of many short segments of a flat buffer in one dispatch: out[s] = √Σ x[start + i · stride]², i below count. Finite
 * wherever the norm is an f32, however large the squares. Not differentiable: for gradients and for parameters.
 * @param x [length], f32
 * @param segments [3 · norms], u32: start, stride and count of each, none past the length
 * @returns [norms], f32
 */
export function stridedNorms(x: Tensor, segments: Tensor): Tensor {
  return apply(stridedNormsOp, [x, segments], null);
}
