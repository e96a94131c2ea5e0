import "../kernels/generated/argmin.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { PlaceOptions } from "./extreme_places.ts";
import { definePlaces, searchAxis } from "./extreme_places.ts";

export const argminOp = definePlaces("argmin");

/**
 * Where the smallest element along an axis lies, as u32: the first of several. NaN counts as the smallest, as in NumPy. Not
 * differentiable.
 * @throws ShapeError where there is no such axis
 */
export function argmin(x: Tensor, options: PlaceOptions = {}): Tensor {
  return searchAxis(argminOp, x, options);
}
