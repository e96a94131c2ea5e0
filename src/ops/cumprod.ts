import "../kernels/generated/cumprod.ts";
import type { Tensor } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { linearScan } from "./linearScan.ts";
import { mul } from "./mul.ts";
import type { ScanOptions } from "./scans.ts";
import { defineScan, scan } from "./scans.ts";

export const cumprodOp = defineScan("cumprod", (dy, saved, { axis, reverse, exclusive }) => {
  const x = saved("x");
  const before = cumprod(x, { axis, reverse, exclusive: true });
  // What the product up to an element is to all results behind it.
  const behind = (cotangent: Tensor) => linearScan(x, cotangent, { axis, reverse: !reverse });
  return [mul(before, exclusive ? behind(dy) : add(dy, behind(mul(dy, x))))];
});

/**
 * Products along an axis up to each element, out[l] = Π x[k] over k ≤ l; over k < l where exclusive, from the end where
 * reverse. Its gradient is right where factors are 0, and differentiable again.
 * @throws ShapeError where there is no such axis
 */
export function cumprod(x: Tensor, options: ScanOptions = {}): Tensor {
  return scan(cumprodOp, x, options);
}
