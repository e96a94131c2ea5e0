import "../kernels/generated/elementwise/logSigmoid.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { sigmoid } from "./sigmoid.ts";

export const logSigmoidOp = defineElementwise({
  name: "logSigmoid",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [mul(dy, sigmoid(neg(saved("x"))))],
  flops: 36,
});

/** log(1 / (1 + e⁻ˣ)) = −softplus(−x), exact for every x. */
export function logSigmoid(x: Tensor): Tensor {
  return apply(logSigmoidOp, [x], null);
}
