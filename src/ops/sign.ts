import "../kernels/generated/elementwise/sign.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const signOp = defineElementwise({
  name: "sign",
  inputs: ["x"],
  vjp: () => [null],
});

/** 1 where x > 0, −1 where x < 0, else x: 0, and NaN as in NumPy. The gradient is zero everywhere. */
export function sign(x: Tensor): Tensor {
  return apply(signOp, [x], null);
}
