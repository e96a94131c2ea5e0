import "../kernels/generated/max.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { ReduceOptions } from "./reduction.ts";
import { defineReduction, reduceAxes } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";
import { shareAmongEqual } from "./share_among_equal.ts";

export const maxOp = defineReduction({
  name: "max",
  saves: ["x", "out"],
  vjp: (dy, saved, attributes) => [shareAmongEqual(dy, saved("x"), saved("out"), attributes)],
  acceptsEpilogue: [],
  kernels: reductionKernels("max/fold"),
});

/**
 * The largest element over axes; NaN where one is NaN. Equal largest elements share the gradient equally; over several
 * axes that are no neighbours, each axis shares in its turn. An empty list of axes returns x.
 */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduceAxes(maxOp, x, options);
}
