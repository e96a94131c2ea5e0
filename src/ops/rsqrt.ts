import "../kernels/generated/elementwise/rsqrt.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { square } from "./square.ts";

export const rsqrtOp = defineElementwise({
  name: "rsqrt",
  inputs: ["x"],
  saves: ["out"],
  vjp: (dy, saved) => [mul(dy, mul(scalar(-0.5), mul(saved("out"), square(saved("out")))))],
  flops: 2,
});

/** 1 / √x: ±∞ at ±0, NaN below. */
export function rsqrt(x: Tensor): Tensor {
  return apply(rsqrtOp, [x], null);
}
