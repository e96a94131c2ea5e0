import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { normaliseAxis, sizeAt } from "./checks.ts";
import { gatherAdjoints } from "./gather_adjoints.ts";
import type { AxisOptions } from "./split.ts";

export const gatherOp = gatherAdjoints.gather;

/**
 * Rows of x by their indices along an axis, as jax's and NumPy's `take`, PyTorch's `index_select` and TensorFlow's
 * `gather`: out[…, j, …] = x[…, indices[j], …]. f32, u32 or i32; the gradient is deterministic (`scatterAdd`).
 * An index past the end, as jax has it, takes NaN (of u32 0xffffffff, of i32 −2³¹) and has no gradient; it never reads
 * beyond x.
 * @param indices u32 of any shape, whose axes take the place of the axis
 * @throws ShapeError where the indices are not u32, or there is no such axis
 */
export function gather(x: Tensor, indices: Tensor, options: AxisOptions = {}): Tensor {
  const axis = normaliseAxis("gather", x.shape, options.axis ?? 0);
  return apply(gatherOp, [x, indices], { axis, size: sizeAt(x.shape, axis), missing: "marked" });
}

/**
 * The rows of a table of weights [count, dimension], one for each index: [...indices, dimension]. Indices past the end as
 * in `gather`.
 * @param indices u32
 */
export function embedding(indices: Tensor, weights: Tensor): Tensor {
  return gather(weights, indices);
}
