import { ShapeError, UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { concat } from "./concat.ts";
import type { AxisOptions } from "./split.ts";
import { unsqueeze } from "./unsqueeze.ts";

/**
 * Tensors of one shape side by side along a new axis: [3, 4] five times is [5, 3, 4], or with `axis: -1` [3, 4, 5].
 * f32, u32 or i32.
 * @throws UsageError without tensors
 * @throws ShapeError where shapes or dtypes differ
 */
export function stack(tensors: readonly Tensor[], options: AxisOptions = {}): Tensor {
  const [first] = tensors;
  if (!first)
    throw new UsageError({ where: "stack", problem: "there is nothing to join", got: "no tensors" });
  const other = tensors.find(({ type }) => String(type.shape) !== String(first.shape));
  if (other) {
    const got = `${first} and ${other}`;
    throw new ShapeError({ where: "stack", problem: "the shapes differ", got, expected: "one shape" });
  }
  const { axis = 0 } = options;
  const place = axis < 0 ? axis + first.shape.length + 1 : axis;
  return concat(
    tensors.map((tensor) => unsqueeze(tensor, axis)),
    { axis: place },
  );
}
