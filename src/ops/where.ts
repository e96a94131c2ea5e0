import "../kernels/generated/elementwise/where.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";

export const whereOp = defineElementwise({
  name: "where",
  inputs: ["condition", "a", "b"],
  saves: ["condition"],
  vjp: (dy, saved) => {
    const condition = saved("condition");
    return [null, where(condition, dy, scalar(0)), where(condition, scalar(0), dy)];
  },
});

/**
 * a where the condition is not 0 (NaN is not), else b, broadcasting as NumPy does. What is not chosen, NaN and infinities
 * too, reaches neither the result nor the gradient.
 * @param condition f32: what comparisons give
 */
export function where(condition: Tensor, a: Tensor, b: Tensor): Tensor {
  return apply(whereOp, [condition, a, b], null);
}
