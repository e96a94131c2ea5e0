import "../kernels/generated/squaredDeviations.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { mul } from "./mul.ts";
import { splitDeviations } from "./passes/split_deviations.ts";
import type { ReductionAttributes } from "./reduction.ts";
import { defineReduction, reductionView, unrounded } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";
import { sub } from "./sub.ts";
import { sumOp } from "./sum.ts";

/** Σ (x − mean)² over neighbouring axes: what variances are made of. */
export const squaredDeviationsOp = defineReduction({
  name: "squaredDeviations",
  saves: ["x"],
  vjp: (dy, saved, attributes) => {
    const x = saved("x");
    return [mul(mul(dy, scalar(2)), sub(x, meanOver(x, attributes)))];
  },
  acceptsEpilogue: [],
  kernels: reductionKernels("squaredDeviations/fold"),
  passes: [splitDeviations],
  flops: 6,
});

/** The mean over neighbouring axes, which keep the size 1. */
export function meanOver(x: Tensor, { axis, count }: Pick<ReductionAttributes, "axis" | "count">): Tensor {
  const { length } = reductionView(x.shape, { axis, count });
  return mul(apply(sumOp, [x], { axis, count, ...unrounded(x) }), scalar(1 / length));
}
