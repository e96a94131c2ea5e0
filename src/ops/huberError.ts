import "../kernels/generated/elementwise/huberError.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import type { HuberAttributes } from "./huberGradient.ts";
import { huberGradient } from "./huberGradient.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";

export const huberErrorOp = defineElementwise<HuberAttributes>({
  name: "huberError",
  inputs: ["prediction", "target"],
  constants: ({ delta }) => [delta],
  saves: ["prediction", "target"],
  vjp: (dy, saved, attributes) => {
    const gradient = mul(dy, huberGradient(saved("prediction"), saved("target"), attributes));
    return [gradient, neg(gradient)];
  },
  flops: 6,
});

/** ½ · d² where |d| ≤ delta, else delta · (|d| − ½ · delta), of d = prediction − target; broadcasts as NumPy does. */
export function huberError(prediction: Tensor, target: Tensor, attributes: HuberAttributes): Tensor {
  return apply(huberErrorOp, [prediction, target], attributes);
}
