import "../kernels/generated/elementwise/square.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";

export const squareOp = defineElementwise({
  name: "square",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [mul(dy, mul(saved("x"), scalar(2)))],
});

/** x². */
export function square(x: Tensor): Tensor {
  return apply(squareOp, [x], null);
}
