import "../kernels/generated/elementwise/exp.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";

export const expOp = defineElementwise({
  name: "exp",
  inputs: ["x"],
  saves: ["out"],
  vjp: (dy, saved) => [mul(dy, saved("out"))],
  flops: 12,
});

/**
 * eˣ. It stops growing at x = 88.71875, where f32 would overflow, so that it is finite for every finite x;
 * the gradient there is the value's, not zero. Below −87 it is 0: f32 keeps no whole digits there.
 */
export function exp(x: Tensor): Tensor {
  return apply(expOp, [x], null);
}
