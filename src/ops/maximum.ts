import "../kernels/generated/elementwise/maximum.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { defineElementwise } from "./elementwise.ts";
import { equal } from "./equal.ts";
import { less } from "./less.ts";
import { mul } from "./mul.ts";

export const maximumOp = defineElementwise({
  name: "maximum",
  inputs: ["a", "b"],
  saves: ["a", "b"],
  vjp: (dy, saved) => {
    const [a, b] = [saved("a"), saved("b")];
    const tie = mul(equal(a, b), scalar(0.5));
    return [mul(dy, add(less(b, a), tie)), mul(dy, add(less(a, b), tie))];
  },
});

/** The larger of a and b, broadcasting as NumPy does; NaN where one is NaN. Equal ones share the gradient equally. */
export function maximum(a: Tensor, b: Tensor): Tensor {
  return apply(maximumOp, [a, b], null);
}
