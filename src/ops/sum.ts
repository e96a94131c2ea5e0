import "../kernels/generated/sum.ts";
import type { Tensor } from "../graph/tensor.ts";
import { repeat } from "./broadcastTo.ts";
import type { ReduceOptions } from "./reduction.ts";
import { defineReduction, reduceAxes } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";

export const sumOp = defineReduction({
  name: "sum",
  saves: ["x"],
  vjp: (dy, saved) => [repeat(dy, saved("x").shape)],
  acceptsEpilogue: [],
  kernels: reductionKernels("sum/fold"),
});

/** Sum over axes, in a fixed order. An empty list of axes returns x. */
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduceAxes(sumOp, x, options);
}
