import "../kernels/generated/elementwise/huberGradient.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { absoluteError } from "./absoluteError.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { positive } from "./positive.ts";
import { sub } from "./sub.ts";

export interface HuberAttributes {
  /** Where the parabola ends and the line begins. */
  readonly delta: number;
}

export const huberGradientOp = defineElementwise<HuberAttributes>({
  name: "huberGradient",
  inputs: ["prediction", "target"],
  constants: ({ delta }) => [delta],
  saves: ["prediction", "target"],
  vjp: (dy, saved, { delta }) => {
    const error = absoluteError(saved("prediction"), saved("target"));
    const gradient = mul(dy, positive(sub(scalar(delta), error)));
    return [gradient, neg(gradient)];
  },
  flops: 3,
});

/** The gradient of `huberError` in the prediction: prediction − target, held within ±delta. */
export function huberGradient(prediction: Tensor, target: Tensor, attributes: HuberAttributes): Tensor {
  return apply(huberGradientOp, [prediction, target], attributes);
}
