import "../kernels/generated/elementwise/less.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const lessOp = defineElementwise({
  name: "less",
  inputs: ["a", "b"],
  vjp: () => [null, null],
});

/** 1 where a < b, else 0, broadcasting as NumPy does; 0 beside a NaN. The gradient is zero everywhere. */
export function less(a: Tensor, b: Tensor): Tensor {
  return apply(lessOp, [a, b], null);
}
