import "../kernels/generated/elementwise/sqrt.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { div } from "./div.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";

export const sqrtOp = defineElementwise({
  name: "sqrt",
  inputs: ["x"],
  saves: ["out"],
  vjp: (dy, saved) => [div(mul(dy, scalar(0.5)), saved("out"))],
});

/** √x; NaN below 0. The gradient at 0 is not finite. */
export function sqrt(x: Tensor): Tensor {
  return apply(sqrtOp, [x], null);
}
