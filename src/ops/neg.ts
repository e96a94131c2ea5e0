import "../kernels/generated/elementwise/neg.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const negOp = defineElementwise({
  name: "neg",
  inputs: ["x"],
  vjp: (dy) => [neg(dy)],
});

/** −x. */
export function neg(x: Tensor): Tensor {
  return apply(negOp, [x], null);
}
