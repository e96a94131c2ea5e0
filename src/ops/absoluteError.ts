import "../kernels/generated/elementwise/absoluteError.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { sign } from "./sign.ts";
import { sub } from "./sub.ts";

export const absoluteErrorOp = defineElementwise({
  name: "absoluteError",
  inputs: ["prediction", "target"],
  saves: ["prediction", "target"],
  vjp: (dy, saved) => {
    const [prediction, target] = [saved("prediction"), saved("target")];
    const gradient = mul(dy, sign(sub(prediction, target)));
    return [gradient, neg(gradient)];
  },
  flops: 2,
});

/** |prediction − target|, broadcasting as NumPy does. Its gradient where they are equal is 0. */
export function absoluteError(prediction: Tensor, target: Tensor): Tensor {
  return apply(absoluteErrorOp, [prediction, target], null);
}
