import type { Tensor } from "../graph/tensor.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import type { ReduceOptions } from "./reduction.ts";
import { defineReduction, reduceAxes } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";
import { sub } from "./sub.ts";

export const logSumExpOp = defineReduction({
  name: "logSumExp",
  saves: ["x", "out"],
  vjp: (dy, saved) => [mul(dy, exp(sub(saved("x"), saved("out"))))],
  acceptsEpilogue: [],
  kernels: reductionKernels("logSumExp/fold"),
  flops: 20,
});

/**
 * log Σ eˣ over axes, finite wherever it is an f32; NaN where an element is NaN, −∞ where all are. Its gradient is softmax.
 * An empty list of axes returns x.
 */
export function logSumExp(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduceAxes(logSumExpOp, x, options);
}
