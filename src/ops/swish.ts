import "../kernels/generated/elementwise/swish.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { clamp } from "./clamp.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";
import { silu } from "./silu.ts";
import { sub } from "./sub.ts";

export const swishOp = defineElementwise({
  name: "swish",
  inputs: ["x", "beta"],
  saves: ["x", "beta"],
  // With z = β · x: σ(z) + z · σ(z) · (1 − σ(z)) and x² · σ(z) · (1 − σ(z)). Beyond ±100 the product is 0 to f32, and x²
  // must not meet it as infinity.
  vjp: (dy, saved) => {
    const x = saved("x");
    const z = clamp(mul(x, saved("beta")), { min: -100, max: 100 });
    const s = sigmoid(z);
    const slope = mul(s, sub(scalar(1), s));
    return [mul(dy, add(s, mul(z, slope))), mul(dy, mul(x, mul(x, slope)))];
  },
  flops: 18,
});

/**
 * x / (1 + e^(−β·x)). Without β it is `silu`; a tensor can be learned. Ramachandran, Zoph and Le, "Searching for activation
 * functions", 2017.
 * @param beta broadcasts against x as NumPy does: [] for one in all, [channels] for one a channel; 1 by default
 */
export function swish(x: Tensor, beta?: Tensor): Tensor {
  return beta ? apply(swishOp, [x, beta], null) : silu(x);
}
