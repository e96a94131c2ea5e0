import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { normaliseAxis, sizeAt } from "./checks.ts";
import type { AxisOptions } from "./split.ts";
import { takeAlongAdjoints } from "./take_along_adjoints.ts";

export const takeAlongAxisOp = takeAlongAdjoints.take;

/**
 * An element of x for each index, NumPy's `take_along_axis` and PyTorch's `gather`: with axis 1 of three,
 * out[i, j, k] = x[i, indices[i, j, k], k]. f32, u32 or i32. An index past the end takes NaN (of u32 0xffffffff, of i32 −2³¹)
 * and has no gradient.
 * @param indices u32, of x's shape on all other axes
 * @param options `axis`: the last by default
 * @throws ShapeError where the indices do not fit
 */
export function takeAlongAxis(x: Tensor, indices: Tensor, options: AxisOptions = {}): Tensor {
  const axis = normaliseAxis("takeAlongAxis", x.shape, options.axis ?? -1);
  return apply(takeAlongAxisOp, [x, indices], { axis, size: sizeAt(x.shape, axis), missing: "marked" });
}
