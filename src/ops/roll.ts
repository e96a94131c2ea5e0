import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { normaliseAxis, sizeAt } from "./checks.ts";
import { padBorder } from "./padBorder.ts";
import type { AxisOptions } from "./split.ts";

/**
 * Elements moved along an axis, those that leave it coming in at the other end: out[(i + shift) mod n] = x[i]. f32, u32 or i32.
 * @throws ShapeError where there is no such axis
 * @throws UsageError where the shift is no integer
 */
export function roll(x: Tensor, shift: number, options: AxisOptions = {}): Tensor {
  if (!Number.isInteger(shift)) {
    throw new UsageError({
      where: "roll",
      problem: "wrong shift",
      got: String(shift),
      expected: "an integer",
    });
  }
  const axis = normaliseAxis("roll", x.shape, options.axis ?? 0);
  const size = sizeAt(x.shape, axis);
  const start = ((shift % size) + size) % size;
  if (start === 0) return x;
  const starts = x.shape.map((_, at) => (at === axis ? start : 0));
  return padBorder(x, { mode: "wrap", starts, sizes: x.shape, whole: x.shape });
}
