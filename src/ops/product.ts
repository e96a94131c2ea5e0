import type { Tensor } from "../graph/tensor.ts";
import { products } from "./products.ts";
import type { ReduceOptions } from "./reduction.ts";
import { reduceAxes } from "./reduction.ts";

export const productOp = products.whole;

/**
 * Product over axes, in a fixed order. Its gradient is right where factors are 0, and differentiable again. An empty list
 * of axes returns x.
 */
export function product(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduceAxes(productOp, x, options);
}
