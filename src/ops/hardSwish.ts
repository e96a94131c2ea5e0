import "../kernels/generated/elementwise/hardSwish.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { defineElementwise } from "./elementwise.ts";
import { less } from "./less.ts";
import { mul } from "./mul.ts";
import { positive } from "./positive.ts";
import { where } from "./where.ts";

export const hardSwishOp = defineElementwise({
  name: "hardSwish",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => {
    const x = saved("x");
    const slope = add(mul(x, scalar(1 / 3)), scalar(0.5));
    const inside = less(abs(x), scalar(3));
    return [mul(dy, where(inside, slope, positive(x)))];
  },
  flops: 7,
});

/**
 * x · relu6(x + 3) / 6; its gradient is 0 at −3 and 1 at 3. Howard and others, "Searching for MobileNetV3", ICCV 2019.
 */
export function hardSwish(x: Tensor): Tensor {
  return apply(hardSwishOp, [x], null);
}
