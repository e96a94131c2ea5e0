import "../kernels/generated/elementwise/expm1.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";

export const expm1Op = defineElementwise({
  name: "expm1",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [mul(dy, exp(saved("x")))],
  flops: 20,
});

/** eˣ − 1, right for small x too. It stops growing at x = 88.71875, as `exp` does. */
export function expm1(x: Tensor): Tensor {
  return apply(expm1Op, [x], null);
}
