import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { defineElementwise } from "./elementwise.ts";
import { erf } from "./erf.ts";
import { exp } from "./exp.ts";
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

/** x · Φ(x) with the normal distribution Φ: the exact form, not the one with tanh. */
export function gelu(x: Tensor): Tensor {
  return apply(geluOp, [x], null);
}
