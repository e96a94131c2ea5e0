import type { Tensor } from "../graph/tensor.ts";
import { normaliseAxis } from "./checks.ts";
import { reshape } from "./reshape.ts";

/**
 * A new axis of size 1; free. The axis counts in the result: -1 puts it last. f32, u32 or i32.
 * @throws ShapeError where the result has no such axis
 */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const place = normaliseAxis("unsqueeze", [...x.shape, 1], axis);
  return reshape(x, [...x.shape.slice(0, place), 1, ...x.shape.slice(place)]);
}
