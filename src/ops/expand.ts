import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { formatShape } from "../kernels/types.ts";
import { broadcastTo } from "./broadcast.ts";
import { shapeError } from "./checks.ts";

/**
 * `broadcastTo` as PyTorch has it: axes of size 1 repeat, new axes come in front, and -1 keeps the size of an axis. Any
 * dtype; elementwise ops that follow read through it.
 * @throws ShapeError where the shape does not fit
 */
export function expand(x: Tensor, shape: Shape): Tensor {
  const added = shape.length - x.shape.length;
  if (shape.some((size, axis) => size === -1 && axis < added)) {
    throw shapeError("expand", [x.type], "a new axis has no size to keep", formatShape(shape));
  }
  return broadcastTo(
    x,
    shape.map((size, axis) => (size === -1 ? (x.shape[axis - added] ?? 1) : size)),
  );
}
