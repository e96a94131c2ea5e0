import "../kernels/generated/elementwise/softplus.ts";
import { UsageError } from "../device/errors.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";

export const softplusOp = defineElementwise({
  name: "softplus",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [mul(dy, sigmoid(saved("x")))],
  flops: 35,
});

/**
 * log(1 + e^(β·x)) / β, exact for every x: PyTorch's threshold, beyond which it takes x, is not needed. Dugas and others,
 * "Incorporating second-order functional knowledge for better option pricing", NIPS 2000.
 * @param beta β, 1 by default
 * @throws UsageError where β is not positive and finite
 */
export function softplus(x: Tensor, beta = 1): Tensor {
  if (!(beta > 0 && Number.isFinite(beta))) {
    const expected = "a positive number";
    throw new UsageError({ where: "softplus", problem: "wrong beta", got: String(beta), expected });
  }
  if (beta === 1) return apply(softplusOp, [x], null);
  return mul(apply(softplusOp, [mul(x, scalar(beta))], null), scalar(1 / beta));
}
