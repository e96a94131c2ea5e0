import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { isFloat, sameShape } from "../kernels/types.ts";
import { broadcastIntegers } from "./broadcastIntegers.ts";
import { repeat } from "./broadcastTo.ts";

/** Repeats x along new axes and axes of size 1, as NumPy does. @throws ShapeError where it does not fit */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  return isFloat(x.dtype) ? repeat(x, shape) : broadcastIntegers(x, shape);
}
