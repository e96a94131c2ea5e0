import "../kernels/generated/elementwise/silu.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";
import { sub } from "./sub.ts";

export const siluOp = defineElementwise({
  name: "silu",
  inputs: ["x"],
  saves: ["x"],
  // σ + y · (1 − σ) rather than σ · (1 + x · (1 − σ)): it stays right where x is huge.
  vjp: (dy, saved) => {
    const x = saved("x");
    const s = sigmoid(x);
    return [mul(dy, add(s, mul(silu(x), sub(scalar(1), s))))];
  },
  flops: 16,
});

/**
 * x / (1 + e⁻ˣ), also called swish. Elfwing and others, "Sigmoid-weighted linear units for neural network function
 * approximation in reinforcement learning", Neural Networks 2018.
 */
export function silu(x: Tensor): Tensor {
  return apply(siluOp, [x], null);
}
