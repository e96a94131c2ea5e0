import "../kernels/generated/cumsum.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { ScanOptions } from "./scans.ts";
import { defineScan, scan } from "./scans.ts";
import { sumOp } from "./sum.ts";

export const cumsumOp = defineScan(
  "cumsum",
  () => sumOp,
  (dy, _, { axis, reverse, exclusive }) => [cumsum(dy, { axis, reverse: !reverse, exclusive })],
);

/**
 * Sums along an axis up to each element, out[l] = Σ x[k] over k ≤ l, in a fixed order; over k < l where exclusive, from the
 * end where reverse.
 * @throws ShapeError where there is no such axis
 */
export function cumsum(x: Tensor, options: ScanOptions = {}): Tensor {
  return scan(cumsumOp, x, options);
}
