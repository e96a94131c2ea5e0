import "../kernels/generated/elementwise/equal.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const equalOp = defineElementwise({
  name: "equal",
  inputs: ["a", "b"],
  vjp: () => [null, null],
});

/** 1 where a = b, else 0, broadcasting as NumPy does. NaN equals nothing. The gradient is zero everywhere. */
export function equal(a: Tensor, b: Tensor): Tensor {
  return apply(equalOp, [a, b], null);
}
