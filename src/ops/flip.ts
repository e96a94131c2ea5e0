import type { Tensor } from "../graph/tensor.ts";
import type { ReduceOptions } from "./reduction.ts";
import { normaliseAxes } from "./reduction.ts";
import { slice } from "./slice.ts";

/** `axes`: those to reverse, negative ones from the end; all by default. */
export type FlipOptions = Pick<ReduceOptions, "axes">;

/**
 * The order of the elements reversed along axes: a slice with steps of −1. f32, u32 or i32.
 * @throws ShapeError where there is no such axis
 */
export function flip(x: Tensor, { axes }: FlipOptions = {}): Tensor {
  const reversed = normaliseAxes("flip", x.shape, axes);
  return slice(
    x,
    x.shape.map((size, axis) => (reversed.includes(axis) && size > 1 ? { step: -1 } : null)),
  );
}
