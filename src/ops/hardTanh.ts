import "../kernels/generated/elementwise/hardTanh.ts";
import { UsageError } from "../device/errors.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { less } from "./less.ts";
import { mul } from "./mul.ts";

export interface HardTanhAttributes {
  readonly min: number;
  readonly max: number;
}

export const hardTanhOp = defineElementwise<HardTanhAttributes>({
  name: "hardTanh",
  inputs: ["x"],
  constants: ({ min, max }) => [min, max],
  saves: ["out"],
  vjp: (dy, saved, { min, max }) => {
    const y = saved("out");
    return [mul(dy, mul(less(scalar(min), y), less(y, scalar(max))))];
  },
  flops: 2,
});

/**
 * x held between min and max. Unlike `clamp`'s, its gradient is 0 at both, as in PyTorch. NaN stays NaN. Collobert, "Large
 * scale machine learning", 2004.
 * @param min −1 by default
 * @param max 1 by default
 * @throws UsageError where the bounds are not finite or min ≥ max
 */
export function hardTanh(x: Tensor, min = -1, max = 1): Tensor {
  if (!(min < max && Number.isFinite(min) && Number.isFinite(max))) {
    throw new UsageError({
      where: "hardTanh",
      problem: "the bounds are wrong",
      got: `${min} and ${max}`,
      expected: "min < max, both finite",
    });
  }
  return apply(hardTanhOp, [x], { min, max });
}
