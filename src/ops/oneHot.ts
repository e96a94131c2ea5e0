import "../kernels/generated/oneHot.ts";
import { UsageError } from "../device/errors.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput } from "./checks.ts";

export interface OneHotAttributes {
  readonly classes: number;
}

export const oneHotOp = defineOp<OneHotAttributes>({
  name: "oneHot",
  inputs: ["indices"],
  outputs: ["out"],
  type: (inputs, { classes }) => {
    const { shape } = expectInput("oneHot", inputs, 0, null, "u32");
    return [{ shape: [...shape, classes], dtype: "f32" }];
  },
  kernels: [
    defineKernel<"oneHot/oneHot", OneHotAttributes>({
      file: "oneHot/oneHot",
      params: ({ outputs, attributes }) => ({ count: elementCount(outputs[0]?.shape ?? []), ...attributes }),
      workgroups: ({ outputs }) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 4 * 64),
    }),
  ],
});

/**
 * f32 rows of zeros with a one at each index: out[…, c] = 1 where c is indices[…]. An index that is no class, such as an
 * ignored label, gives a row of zeros. Not differentiable.
 * @param indices u32
 * @throws UsageError where the number of classes is no positive integer
 */
export function oneHot(indices: Tensor, classes: number): Tensor {
  if (!Number.isInteger(classes) || classes < 1) {
    const expected = "a positive integer";
    throw new UsageError({
      where: "oneHot",
      problem: "wrong number of classes",
      got: String(classes),
      expected,
    });
  }
  return apply(oneHotOp, [indices], { classes });
}
