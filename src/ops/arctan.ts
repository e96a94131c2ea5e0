import "../kernels/generated/elementwise/arctan.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { reciprocal } from "./reciprocal.ts";
import { square } from "./square.ts";

export const arctanOp = defineElementwise({
  name: "arctan",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [mul(dy, reciprocal(add(scalar(1), square(saved("x")))))],
  flops: 16,
});

/** The inverse tangent, from −π/2 to π/2. */
export function arctan(x: Tensor): Tensor {
  return apply(arctanOp, [x], null);
}
