import "../kernels/generated/elementwise/positive.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const positiveOp = defineElementwise({
  name: "positive",
  inputs: ["x"],
  vjp: () => [null],
});

/** 1 where x > 0, else 0: the derivative of relu. Its own gradient is zero everywhere. */
export function positive(x: Tensor): Tensor {
  return apply(positiveOp, [x], null);
}
