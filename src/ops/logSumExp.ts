import "../kernels/generated/logSumExp.ts";
import type { Op, Saved } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import type { ReduceOptions, ReductionAttributes } from "./reduction.ts";
import { defineReduction, reduceAxes, unrounded } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";
import { sub } from "./sub.ts";

export const logSumExpOp: Op<ReductionAttributes> = defineReduction({
  name: "logSumExp",
  saves: ["x", "out"],
  vjp: (dy, saved, attributes) => [mul(dy, exp(sub(saved("x"), exponentsOf(saved, attributes))))],
  acceptsEpilogue: [],
  kernels: reductionKernels("logSumExp/fold"),
  flops: 20,
});

/** The result, which as an exponent has to have the digits that f16 took. */
function exponentsOf(saved: Saved, { axis, count }: ReductionAttributes): Tensor {
  const x = saved("x");
  return x.dtype === "f16" ? apply(logSumExpOp, [x], { axis, count, ...unrounded(x) }) : saved("out");
}

/**
 * log Σ eˣ over axes, finite wherever it is an f32; NaN where an element is NaN, −∞ where all are. Its gradient is softmax.
 * An empty list of axes returns x.
 */
export function logSumExp(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduceAxes(logSumExpOp, x, options);
}
