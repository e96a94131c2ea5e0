import "../kernels/generated/elementwise/minimum.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { defineElementwise } from "./elementwise.ts";
import { equal } from "./equal.ts";
import { less } from "./less.ts";
import { mul } from "./mul.ts";

export const minimumOp = defineElementwise({
  name: "minimum",
  inputs: ["a", "b"],
  saves: ["a", "b"],
  vjp: (dy, saved) => {
    const [a, b] = [saved("a"), saved("b")];
    const tie = mul(equal(a, b), scalar(0.5));
    return [mul(dy, add(less(a, b), tie)), mul(dy, add(less(b, a), tie))];
  },
});

/** The smaller of a and b, broadcasting as NumPy does; NaN where one is NaN. Equal ones share the gradient equally. */
export function minimum(a: Tensor, b: Tensor): Tensor {
  return apply(minimumOp, [a, b], null);
}
