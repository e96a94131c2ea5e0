import "../kernels/generated/elementwise/sin.ts";
import type { Op } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** sin(x + quarters · π/2): the derivative is one quarter further. */
export interface SinAttributes {
  /** 0 for the sine, 1 for the cosine, 2 and 3 for their negatives. */
  readonly quarters: number;
}

export const sinOp: Op<SinAttributes> = defineElementwise<SinAttributes>({
  name: "sin",
  inputs: ["x"],
  constants: ({ quarters }) => [quarters],
  saves: ["x"],
  vjp: (dy, saved, { quarters }) => [mul(dy, apply(sinOp, [saved("x")], { quarters: (quarters + 1) % 4 }))],
  flops: 60,
});

/** The sine, right for every finite x, however large; NaN for infinities. */
export function sin(x: Tensor): Tensor {
  return apply(sinOp, [x], { quarters: 0 });
}
