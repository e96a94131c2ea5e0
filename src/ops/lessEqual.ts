import "../kernels/generated/elementwise/lessEqual.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const lessEqualOp = defineElementwise({
  name: "lessEqual",
  inputs: ["a", "b"],
  vjp: () => [null, null],
});

/** 1 where a ≤ b, else 0, broadcasting as NumPy does; 0 beside a NaN. The gradient is zero everywhere. */
export function lessEqual(a: Tensor, b: Tensor): Tensor {
  return apply(lessEqualOp, [a, b], null);
}
