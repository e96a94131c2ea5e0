import "../kernels/generated/elementwise/ceil.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const ceilOp = defineElementwise({
  name: "ceil",
  inputs: ["x"],
  vjp: () => [null],
});

/** The smallest integer ≥ x. The gradient is zero everywhere. */
export function ceil(x: Tensor): Tensor {
  return apply(ceilOp, [x], null);
}
