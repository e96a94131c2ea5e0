import "../kernels/generated/elementwise/round.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const roundOp = defineElementwise({
  name: "round",
  inputs: ["x"],
  vjp: () => [null],
});

/** The nearest integer; of two equally near ones the even one, as in PyTorch and NumPy. The gradient is zero everywhere. */
export function round(x: Tensor): Tensor {
  return apply(roundOp, [x], null);
}
