import "../kernels/generated/elementwise/gelu.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { defineElementwise } from "./elementwise.ts";
import { erf } from "./erf.ts";
import { exp } from "./exp.ts";
import { geluTanhOp } from "./geluTanh.ts";
import { mul } from "./mul.ts";
import { square } from "./square.ts";

export const geluOp = defineElementwise({
  name: "gelu",
  inputs: ["x"],
  saves: ["x"],
  // Φ(x) + x · φ(x), with the normal distribution Φ and its density φ.
  vjp: (dy, saved) => {
    const x = saved("x");
    const distribution = add(mul(erf(mul(x, scalar(Math.SQRT1_2))), scalar(0.5)), scalar(0.5));
    const density = mul(exp(mul(square(x), scalar(-0.5))), scalar(1 / Math.sqrt(2 * Math.PI)));
    return [mul(dy, add(distribution, mul(x, density)))];
  },
  flops: 28,
});

export interface GeluOptions {
  /** `none`, the exact form, by default; `tanh` for models that were trained with the approximation. */
  readonly approximate?: "none" | "tanh";
}

/**
 * x · Φ(x) with the normal distribution Φ; with `approximate: "tanh"` ½ · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))).
 * Hendrycks and Gimpel, "Gaussian error linear units", 2016.
 */
export function gelu(x: Tensor, { approximate = "none" }: GeluOptions = {}): Tensor {
  switch (approximate) {
    case "none":
      return apply(geluOp, [x], null);
    case "tanh":
      return apply(geluTanhOp, [x], null);
    default:
      return approximate satisfies never;
  }
}
