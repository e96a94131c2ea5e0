import "../kernels/generated/elementwise/tanh.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";

export const tanhOp = defineElementwise({
  name: "tanh",
  inputs: ["x"],
  saves: ["out"],
  vjp: (dy, saved) => [mul(dy, sub(scalar(1), square(saved("out"))))],
  flops: 22,
});

/** The hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return apply(tanhOp, [x], null);
}
