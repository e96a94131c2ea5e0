import "../kernels/generated/elementwise/sub.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { neg } from "./neg.ts";

export const subOp = defineElementwise({
  name: "sub",
  inputs: ["a", "b"],
  vjp: (dy) => [dy, neg(dy)],
});

/** a − b, broadcasting as NumPy does. */
export function sub(a: Tensor, b: Tensor): Tensor {
  return apply(subOp, [a, b], null);
}
