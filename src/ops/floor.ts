import "../kernels/generated/elementwise/floor.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const floorOp = defineElementwise({
  name: "floor",
  inputs: ["x"],
  vjp: () => [null],
});

/** The largest integer ≤ x. The gradient is zero everywhere. */
export function floor(x: Tensor): Tensor {
  return apply(floorOp, [x], null);
}
