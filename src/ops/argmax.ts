import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { expectInput, shapeError } from "./checks.ts";
import { serialRows } from "./row_kernels.ts";

export const argmaxOp = defineOp<null>({
  name: "argmax",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs) => {
    const { shape } = expectInput("argmax", inputs, 0, null);
    if (shape.length === 0)
      throw shapeError("argmax", inputs, "a scalar has no last axis", "at least one axis");
    return [{ shape: shape.slice(0, -1), dtype: "u32" }];
  },
  kernels: [serialRows("argmax/serial")],
});

/**
 * Where the largest element of each row lies along the last axis, as u32: the first of several. NaN counts as the
 * largest, as in NumPy. Not differentiable.
 */
export function argmax(x: Tensor): Tensor {
  return apply(argmaxOp, [x], null);
}
