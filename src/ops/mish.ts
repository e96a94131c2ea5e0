import "../kernels/generated/elementwise/mish.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { silu } from "./silu.ts";
import { softplus } from "./softplus.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { tanh } from "./tanh.ts";

export const mishOp = defineElementwise({
  name: "mish",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => {
    const x = saved("x");
    const t = tanh(softplus(x));
    return [mul(dy, add(t, mul(silu(x), sub(scalar(1), square(t)))))];
  },
  flops: 20,
});

/** x · tanh(softplus(x)). Misra, "Mish: a self regularized non-monotonic activation function", BMVC 2020. */
export function mish(x: Tensor): Tensor {
  return apply(mishOp, [x], null);
}
