import "../kernels/generated/linearScan.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";
import { mul } from "./mul.ts";
import { reductionView } from "./reduction.ts";

export interface LinearScanAttributes {
  readonly axis: number;
  readonly reverse: boolean;
}

export const linearScanOp = defineOp<LinearScanAttributes>({
  name: "linearScan",
  inputs: ["a", "b"],
  outputs: ["out"],
  type: (inputs) => {
    const a = expectInput("linearScan", inputs, 0, null);
    const b = expectInput("linearScan", inputs, 1, null);
    if (!sameShape(a.shape, b.shape))
      throw shapeError("linearScan", inputs, "factors and terms differ in shape", "equal shapes");
    return [a];
  },
  saves: ["a", "out"],
  vjp: (dy, saved, { axis, reverse }) => {
    // Of y = a · y + b, read before each step, the adjoint is the same the other way round.
    const byTerms = linearScan(saved("a"), dy, { axis, reverse: !reverse });
    return [mul(byTerms, saved("out")), byTerms];
  },
  kernels: [
    defineKernel<"linearScan/serial", LinearScanAttributes>({
      file: "linearScan/serial",
      params: ({ inputs, attributes: { axis, reverse } }) => ({
        ...reductionView(inputs[0]?.shape ?? [], { axis, count: 1 }),
        reverse: reverse ? 1 : 0,
      }),
      workgroups: ({ inputs, attributes: { axis } }) => {
        const { outer, inner } = reductionView(inputs[0]?.shape ?? [], { axis, count: 1 });
        return ceilDivide(outer * inner, 64);
      },
    }),
  ],
});

/**
 * What y is before each step of y = a · y + b along an axis, from 0 on: out[l] = Σ b[k] · Π a[j] over k < j < l, from the
 * end where reverse. All gradients of running products are of this form, whatever is 0 among their factors.
 * @throws ShapeError where the shapes differ
 */
export function linearScan(a: Tensor, b: Tensor, attributes: LinearScanAttributes): Tensor {
  return apply(linearScanOp, [a, b], attributes);
}
