import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { sin } from "./sin.ts";

export const cosOp = defineElementwise({
  name: "cos",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [neg(mul(dy, sin(saved("x"))))],
  flops: 60,
});

/** The cosine, right for every finite x, however large; NaN for infinities. */
export function cos(x: Tensor): Tensor {
  return apply(cosOp, [x], null);
}
