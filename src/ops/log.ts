import "../kernels/generated/elementwise/log.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { div } from "./div.ts";
import { defineElementwise } from "./elementwise.ts";

export const logOp = defineElementwise({
  name: "log",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [div(dy, saved("x"))],
  flops: 10,
});

/** The natural logarithm: −∞ at 0, NaN below. Subnormal numbers count as 0 on some adapters. */
export function log(x: Tensor): Tensor {
  return apply(logOp, [x], null);
}
