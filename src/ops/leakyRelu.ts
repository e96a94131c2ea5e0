import "../kernels/generated/elementwise/leakyRelu.ts";
import { UsageError } from "../device/errors.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { positive } from "./positive.ts";

export interface LeakyReluAttributes {
  readonly slope: number;
}

export const leakyReluOp = defineElementwise<LeakyReluAttributes>({
  name: "leakyRelu",
  inputs: ["x"],
  constants: ({ slope }) => [slope],
  // No slope turns the sign round, so the output tells it as well as the input.
  saves: ["out"],
  vjp: (dy, saved, { slope }) => {
    const above = mul(positive(saved("out")), scalar(1 - slope));
    return [mul(dy, add(above, scalar(slope)))];
  },
});

/**
 * x where x > 0, else slope · x; its gradient at 0 is the slope. NaN stays NaN.
 * @param slope 0.01 by default
 * @throws UsageError where the slope is negative or not finite
 */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  if (!(slope >= 0 && Number.isFinite(slope))) {
    throw new UsageError({
      where: "leakyRelu",
      problem: "the slope is out of range",
      got: String(slope),
      expected: "a finite number from 0",
    });
  }
  return apply(leakyReluOp, [x], { slope });
}
