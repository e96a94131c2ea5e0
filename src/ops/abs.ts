import "../kernels/generated/elementwise/abs.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sign } from "./sign.ts";

export const absOp = defineElementwise({
  name: "abs",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [mul(dy, sign(saved("x")))],
});

/** |x|; its gradient at 0 is 0. */
export function abs(x: Tensor): Tensor {
  return apply(absOp, [x], null);
}
