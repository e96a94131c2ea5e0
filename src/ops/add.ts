import "../kernels/generated/elementwise/add.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const addOp = defineElementwise({
  name: "add",
  inputs: ["a", "b"],
  vjp: (dy) => [dy, dy],
});

/** a + b, broadcasting as NumPy does. */
export function add(a: Tensor, b: Tensor): Tensor {
  return apply(addOp, [a, b], null);
}
