import "../kernels/generated/elementwise/mul.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const mulOp = defineElementwise({
  name: "mul",
  inputs: ["a", "b"],
  saves: ["a", "b"],
  vjp: (dy, saved) => [mul(dy, saved("b")), mul(dy, saved("a"))],
});

/** a · b element by element, broadcasting as NumPy does. */
export function mul(a: Tensor, b: Tensor): Tensor {
  return apply(mulOp, [a, b], null);
}
