import "../kernels/generated/elementwise/hardSigmoid.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { abs } from "./abs.ts";
import { defineElementwise } from "./elementwise.ts";
import { less } from "./less.ts";
import { mul } from "./mul.ts";

export const hardSigmoidOp = defineElementwise({
  name: "hardSigmoid",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [mul(dy, mul(less(abs(saved("x")), scalar(3)), scalar(1 / 6)))],
  flops: 4,
});

/**
 * x / 6 + ½ held between 0 and 1: PyTorch's and MobileNetV3's definition; older Keras has x / 5 + ½, and BinaryConnect
 * (Courbariaux and others, 2015) (x + 1) / 2. The gradient is 0 at ±3.
 */
export function hardSigmoid(x: Tensor): Tensor {
  return apply(hardSigmoidOp, [x], null);
}
