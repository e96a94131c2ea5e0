import "../kernels/generated/argmax.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { PlaceOptions } from "./extreme_places.ts";
import { definePlaces, searchAxis } from "./extreme_places.ts";

export const argmaxOp = definePlaces("argmax");

/**
 * Where the largest element along an axis lies, as u32: the first of several. NaN counts as the largest, as in NumPy. Not
 * differentiable.
 * @throws ShapeError where there is no such axis
 */
export function argmax(x: Tensor, options: PlaceOptions = {}): Tensor {
  return searchAxis(argmaxOp, x, options);
}
