import "../kernels/generated/elementwise/notEqual.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const notEqualOp = defineElementwise({
  name: "notEqual",
  inputs: ["a", "b"],
  vjp: () => [null, null],
});

/** 1 where a ≠ b, else 0, broadcasting as NumPy does. NaN differs from all, itself too. The gradient is zero everywhere. */
export function notEqual(a: Tensor, b: Tensor): Tensor {
  return apply(notEqualOp, [a, b], null);
}
