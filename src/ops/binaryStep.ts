import "../kernels/generated/elementwise/binaryStep.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const binaryStepOp = defineElementwise({
  name: "binaryStep",
  inputs: ["x"],
  vjp: () => [null],
});

/**
 * 1 where x ≥ 0, else 0; NaN stays NaN. Its gradient is zero everywhere, so nothing before it learns: McCulloch and Pitts, "A
 * logical calculus of the ideas immanent in nervous activity", 1943, trained nothing.
 */
export function binaryStep(x: Tensor): Tensor {
  return apply(binaryStepOp, [x], null);
}
