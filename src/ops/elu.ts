import "../kernels/generated/elementwise/elu.ts";
import { UsageError } from "../device/errors.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { positive } from "./positive.ts";
import { where } from "./where.ts";

/** scale · x where x > 0, else scale · alpha · (e^(rate · x) − 1): elu, selu and celu. */
export interface EluAttributes {
  readonly alpha: number;
  readonly scale: number;
  readonly rate: number;
}

export const eluOp = defineElementwise<EluAttributes>({
  name: "elu",
  inputs: ["x"],
  constants: ({ alpha, scale, rate }) => [scale, scale * alpha, rate],
  saves: ["x"],
  vjp: (dy, saved, { alpha, scale, rate }) => {
    const x = saved("x");
    const below = mul(exp(mul(x, scalar(rate))), scalar(scale * alpha * rate));
    return [mul(dy, where(positive(x), scalar(scale), below))];
  },
  flops: 22,
});

/**
 * x where x > 0, else α · (eˣ − 1); its gradient at 0 is α. Clevert and others, "Fast and accurate deep network learning by
 * exponential linear units", ICLR 2016.
 * @param alpha α, 1 by default
 * @throws UsageError where α is not finite
 */
export function elu(x: Tensor, alpha = 1): Tensor {
  if (!Number.isFinite(alpha)) {
    throw new UsageError({
      where: "elu",
      problem: "wrong alpha",
      got: String(alpha),
      expected: "a finite number",
    });
  }
  return apply(eluOp, [x], { alpha, scale: 1, rate: 1 });
}
