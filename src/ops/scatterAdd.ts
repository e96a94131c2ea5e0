import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { normaliseAxis } from "./checks.ts";
import { gatherAdjoints, scatterRows } from "./gather_adjoints.ts";
import type { AxisOptions } from "./split.ts";

export const scatterAddOp = gatherAdjoints.scatterAdd;

export interface ScatterAddOptions extends AxisOptions {
  /** Rows of the result along the axis. */
  readonly size: number;
}

/**
 * Sums of rows by their indices: out[…, s, …] = Σ updates[…, j, …] over the j with indices[j] = s, 0 where there are none;
 * jax's `segment_sum`, and PyTorch's `index_add` to zeros. The adjoint of `gather`. f32. Each sum runs in the order of j,
 * so two runs give the same bits. An index past the end is ignored.
 *
 * n indices are sorted in about log₄ n dispatches of 3 n bisections each; then each row of the result reads its own rows
 * and no others. One with very many is summed one after the other by one invocation a column.
 * @param indices u32; their axes stand in `updates` from the axis on
 * @throws ShapeError where the updates do not fit the indices
 * @throws UsageError where the size is no positive integer
 */
export function scatterAdd(updates: Tensor, indices: Tensor, options: ScatterAddOptions): Tensor {
  const { size } = options;
  if (!Number.isInteger(size) || size < 1) {
    const expected = "a positive integer";
    throw new UsageError({ where: "scatterAdd", problem: "wrong size", got: String(size), expected });
  }
  const axis = normaliseAxis("scatterAdd", [...updates.shape, 1], options.axis ?? 0);
  return scatterRows(updates, indices, { axis, size });
}
