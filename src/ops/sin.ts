import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { cos } from "./cos.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";

export const sinOp = defineElementwise({
  name: "sin",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [mul(dy, cos(saved("x")))],
  flops: 60,
});

/** The sine, right for every finite x, however large; NaN for infinities. */
export function sin(x: Tensor): Tensor {
  return apply(sinOp, [x], null);
}
