import "../kernels/generated/elementwise/div.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";

export const divOp = defineElementwise({
  name: "div",
  inputs: ["a", "b"],
  // ∂(a/b)/∂b = −(a/b)/b: with the quotient kept, a need not be.
  saves: ["b", "out"],
  vjp: (dy, saved) => {
    const da = div(dy, saved("b"));
    return [da, neg(mul(da, saved("out")))];
  },
});

/** a / b element by element, broadcasting as NumPy does. */
export function div(a: Tensor, b: Tensor): Tensor {
  return apply(divOp, [a, b], null);
}
