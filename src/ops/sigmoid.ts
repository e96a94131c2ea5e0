import "../kernels/generated/elementwise/sigmoid.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

export const sigmoidOp = defineElementwise({
  name: "sigmoid",
  inputs: ["x"],
  saves: ["out"],
  vjp: (dy, saved) => {
    const y = saved("out");
    return [mul(dy, mul(y, sub(scalar(1), y)))];
  },
  flops: 15,
});

/** 1 / (1 + e⁻ˣ). */
export function sigmoid(x: Tensor): Tensor {
  return apply(sigmoidOp, [x], null);
}
