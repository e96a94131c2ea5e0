import type { Tensor } from "../graph/tensor.ts";
import { products } from "./products.ts";
import type { ScanOptions } from "./scans.ts";
import { scan } from "./scans.ts";

export const cumprodOp = products.running;

/**
 * Products along an axis up to each element, out[l] = Π x[k] over k ≤ l; over k < l where exclusive, from the end where
 * reverse. Its gradient is right where factors are 0, and differentiable again.
 * @throws ShapeError where there is no such axis
 */
export function cumprod(x: Tensor, options: ScanOptions = {}): Tensor {
  return scan(cumprodOp, x, options);
}
