import type { Tensor } from "../graph/tensor.ts";
import { shapeError } from "./checks.ts";
import { matmul } from "./matmul.ts";
import { reshape } from "./reshape.ts";

/**
 * Matrix by vector: out[…, i] = Σ_k a[…, i, k] · x[…, k].
 * @param a [...batch, m, k]
 * @param x [...batch, k]; batches broadcast
 * @returns [...batch, m]
 * @throws ShapeError where the sizes differ, a has fewer than two axes or x none
 */
export function matvec(a: Tensor, x: Tensor): Tensor {
  if (a.shape.length < 2 || x.shape.length < 1)
    throw shapeError("matvec", [a.type, x.type], "the ranks do not fit", "[…batch, m, k] · […batch, k]");
  if (x.shape.length === 1) return matmul(a, x);
  const column = matmul(a, reshape(x, [...x.shape, 1]));
  return reshape(column, column.shape.slice(0, -1));
}
