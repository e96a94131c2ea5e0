import "../kernels/generated/elementwise/finiteMask.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const finiteMaskOp = defineElementwise({
  name: "finiteMask",
  inputs: ["x"],
  vjp: () => [null],
});

/** 1 where x is a number, neither infinite nor NaN, else 0. The gradient is zero everywhere. */
export function finiteMask(x: Tensor): Tensor {
  return apply(finiteMaskOp, [x], null);
}
