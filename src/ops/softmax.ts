import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { expectInput, shapeError } from "./checks.ts";
import { mul } from "./mul.ts";
import { softmaxCost, softmaxKernels } from "./row_kernels.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export const softmaxOp = defineOp<null>({
  name: "softmax",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs) => {
    const x = expectInput("softmax", inputs, 0, null);
    if (x.shape.length === 0)
      throw shapeError("softmax", inputs, "a scalar has no last axis", "at least one axis");
    return [x];
  },
  saves: ["out"],
  vjp: (dy, saved) => [softmaxPullback(saved("out"), dy)],
  kernels: softmaxKernels("softmax"),
  cost: softmaxCost,
});

/** e^x / Σ e^x over the last axis, finite for every finite x. A NaN makes its row NaN. */
export function softmax(x: Tensor): Tensor {
  return apply(softmaxOp, [x], null);
}

/** The product of a cotangent with softmax's Jacobian, y · (dy − Σ y · dy): the matrix is symmetric. */
export function softmaxPullback(y: Tensor, dy: Tensor): Tensor {
  return mul(y, sub(dy, sum(mul(y, dy), { axes: -1, keepDims: true })));
}
