import type { Tensor } from "../graph/tensor.ts";
import { shapeError } from "./checks.ts";
import { matmul } from "./matmul.ts";

/**
 * The sum of two vectors' products: Σ_k a[k] · b[k].
 * @returns a scalar
 * @throws ShapeError where a or b is no vector, or their sizes differ
 */
export function dot(a: Tensor, b: Tensor): Tensor {
  if (a.shape.length !== 1 || b.shape.length !== 1)
    throw shapeError("dot", [a.type, b.type], "one is no vector", "one axis each", "see matmul and einsum");
  return matmul(a, b);
}
