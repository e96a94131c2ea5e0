import "../kernels/generated/elementwise/reciprocal.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { square } from "./square.ts";

export const reciprocalOp = defineElementwise({
  name: "reciprocal",
  inputs: ["x"],
  saves: ["out"],
  vjp: (dy, saved) => [neg(mul(dy, square(saved("out"))))],
});

/** 1 / x. */
export function reciprocal(x: Tensor): Tensor {
  return apply(reciprocalOp, [x], null);
}
