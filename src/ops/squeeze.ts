import type { Tensor } from "../graph/tensor.ts";
import { shapeError } from "./checks.ts";
import type { ReduceOptions } from "./reduction.ts";
import { normaliseAxes } from "./reduction.ts";
import { reshape } from "./reshape.ts";

/** `axes`: those to drop, negative ones from the end; by default all of size 1. */
export type SqueezeOptions = Pick<ReduceOptions, "axes">;

/**
 * Without axes of size 1; free. f32, u32 or i32.
 * @throws ShapeError where an axis that was named has another size
 */
export function squeeze(x: Tensor, { axes }: SqueezeOptions = {}): Tensor {
  const ones = x.shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
  const dropped = axes === undefined ? ones : normaliseAxes("squeeze", x.shape, axes);
  const wrong = dropped.find((axis) => x.shape[axis] !== 1);
  if (wrong !== undefined) {
    throw shapeError("squeeze", [x.type], `axis ${wrong} has more than one element`, "size 1");
  }
  return reshape(
    x,
    x.shape.filter((_, axis) => !dropped.includes(axis)),
  );
}
