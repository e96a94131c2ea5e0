import "../kernels/generated/elementwise/log1p.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { defineElementwise } from "./elementwise.ts";

export const log1pOp = defineElementwise({
  name: "log1p",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [div(dy, add(scalar(1), saved("x")))],
  flops: 26,
});

/** log(1 + x), right for small x too: −∞ at −1, NaN below. */
export function log1p(x: Tensor): Tensor {
  return apply(log1pOp, [x], null);
}
