import "../kernels/generated/min.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { ReduceOptions } from "./reduction.ts";
import { defineReduction, reduceAxes } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";
import { shareAmongEqual } from "./share_among_equal.ts";

export const minOp = defineReduction({
  name: "min",
  saves: ["x", "out"],
  vjp: (dy, saved, attributes) => [shareAmongEqual(dy, saved("x"), saved("out"), attributes)],
  acceptsEpilogue: [],
  kernels: reductionKernels("min/fold"),
});

/**
 * The smallest element over axes; NaN where one is NaN. Equal smallest elements share the gradient equally, as those of
 * `max` do. An empty list of axes returns x.
 */
export function min(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduceAxes(minOp, x, options);
}
