import "../kernels/generated/elementwise/erf.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { square } from "./square.ts";

export const erfOp = defineElementwise({
  name: "erf",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [mul(dy, mul(scalar(2 / Math.sqrt(Math.PI)), exp(neg(square(saved("x"))))))],
  flops: 22,
});

/** The error function, 2/√π · ∫₀ˣ e^(−t²) dt. */
export function erf(x: Tensor): Tensor {
  return apply(erfOp, [x], null);
}
