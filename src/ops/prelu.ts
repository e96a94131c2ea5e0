import "../kernels/generated/elementwise/prelu.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { positive } from "./positive.ts";
import { where } from "./where.ts";

export const preluOp = defineElementwise({
  name: "prelu",
  inputs: ["x", "slope"],
  saves: ["x", "slope"],
  vjp: (dy, saved) => {
    const [x, slope] = [saved("x"), saved("slope")];
    const above = positive(x);
    return [where(above, dy, mul(dy, slope)), where(above, scalar(0), mul(dy, x))];
  },
});

/**
 * x where x > 0, else slope · x, with a slope that is learned; its gradient at 0 is the slope. NaN stays NaN. He and others,
 * "Delving deep into rectifiers", ICCV 2015, equation 1.
 * @param slope broadcasts against x as NumPy does: one a channel, [channels], in the layout NHWC, or one in all, []
 */
export function prelu(x: Tensor, slope: Tensor): Tensor {
  return apply(preluOp, [x, slope], null);
}
