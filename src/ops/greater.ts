import type { Tensor } from "../graph/tensor.ts";
import { less } from "./less.ts";

/** 1 where a > b, else 0, broadcasting as NumPy does; 0 beside a NaN. The gradient is zero everywhere. */
export function greater(a: Tensor, b: Tensor): Tensor {
  return less(b, a);
}
