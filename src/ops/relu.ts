import "../kernels/generated/elementwise/relu.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { positive } from "./positive.ts";

export const reluOp = defineElementwise({
  name: "relu",
  inputs: ["x"],
  // The output tells the sign as well as the input, and keeping it lets the input's storage go.
  saves: ["out"],
  vjp: (dy, saved) => [mul(dy, positive(saved("out")))],
});

/** max(x, 0); its gradient at 0 is 0. NaN stays NaN. */
export function relu(x: Tensor): Tensor {
  return apply(reluOp, [x], null);
}
