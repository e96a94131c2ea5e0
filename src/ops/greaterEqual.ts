import type { Tensor } from "../graph/tensor.ts";
import { lessEqual } from "./lessEqual.ts";

/** 1 where a ≥ b, else 0, broadcasting as NumPy does; 0 beside a NaN. The gradient is zero everywhere. */
export function greaterEqual(a: Tensor, b: Tensor): Tensor {
  return lessEqual(b, a);
}
