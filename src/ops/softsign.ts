import "../kernels/generated/elementwise/softsign.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { reciprocal } from "./reciprocal.ts";
import { square } from "./square.ts";

export const softsignOp = defineElementwise({
  name: "softsign",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [mul(dy, square(reciprocal(add(scalar(1), abs(saved("x"))))))],
  flops: 3,
});

/** x / (1 + |x|). Turian and others, "Quadratic features and deep architectures for chunking", NAACL 2009. */
export function softsign(x: Tensor): Tensor {
  return apply(softsignOp, [x], null);
}
