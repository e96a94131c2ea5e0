import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { normaliseAxis, shapeError, sizeAt } from "./checks.ts";
import { slice } from "./slice.ts";

export interface AxisOptions {
  /** Negative: from the end. 0 by default. */
  readonly axis?: number;
}

/**
 * A tensor cut along an axis, as TensorFlow's and jax's `split`: into a number of equal parts, or into parts of given
 * sizes. A slice each. f32, u32 or i32.
 * @throws ShapeError where the parts do not make up the axis
 */
export function split(x: Tensor, parts: number | readonly number[], options: AxisOptions = {}): Tensor[] {
  const axis = normaliseAxis("split", x.shape, options.axis ?? 0);
  const length = sizeAt(x.shape, axis);
  if (typeof parts === "number" && !(Number.isInteger(parts) && parts > 0)) {
    const expected = "a positive integer, or a list of sizes";
    throw new UsageError({ where: "split", problem: "wrong number of parts", got: String(parts), expected });
  }
  const sizes = typeof parts === "number" ? new Array<number>(parts).fill(length / parts) : parts;
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  if (!sizes.every((size) => Number.isInteger(size) && size > 0) || whole !== length) {
    const got = typeof parts === "number" ? `${parts} equal parts` : `sizes ${sizes.join(", ")}`;
    throw shapeError("split", [x.type], `${got} do not make up axis ${axis}`, `${length} in all`);
  }
  const leading = new Array<null>(axis).fill(null);
  let start = 0;
  return sizes.map((size) => {
    const range = { start, stop: start + size };
    start += size;
    return slice(x, [...leading, range]);
  });
}
