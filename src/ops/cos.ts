import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { sinOp } from "./sin.ts";

/** The cosine, right for every finite x, however large; NaN for infinities. */
export function cos(x: Tensor): Tensor {
  return apply(sinOp, [x], { quarters: 1 });
}
