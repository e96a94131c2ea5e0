import "../kernels/generated/elementwise/nanMask.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const nanMaskOp = defineElementwise({
  name: "nanMask",
  inputs: ["x"],
  vjp: () => [null],
});

/** 1 where x is NaN, else 0. The gradient is zero everywhere. */
export function nanMask(x: Tensor): Tensor {
  return apply(nanMaskOp, [x], null);
}
