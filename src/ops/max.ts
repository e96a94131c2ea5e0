import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { div } from "./div.ts";
import { equal } from "./equal.ts";
import { mul } from "./mul.ts";
import type { ReduceOptions } from "./reduction.ts";
import { defineReduction, reduceAxes } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";
import { sumOp } from "./sum.ts";

export const maxOp = defineReduction({
  name: "max",
  saves: ["x", "out"],
  vjp: (dy, saved, attributes) => {
    const largest = equal(saved("x"), saved("out"));
    return [mul(largest, div(dy, apply(sumOp, [largest], attributes)))];
  },
  kernels: reductionKernels("max"),
});

/**
 * The largest element over axes; NaN where one is NaN. Equal largest elements share the gradient equally; over several
 * axes that are no neighbours, each axis shares in its turn. An empty list of axes returns x.
 */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduceAxes(maxOp, x, options);
}
