import type { Tensor } from "../graph/tensor.ts";
import { shapeError, sizeAt } from "./checks.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";

/**
 * Every product of two vectors' elements: out[i, j] = a[i] · b[j].
 * @returns [a's size, b's size]
 * @throws ShapeError where a or b is no vector
 */
export function outer(a: Tensor, b: Tensor): Tensor {
  if (a.shape.length !== 1 || b.shape.length !== 1)
    throw shapeError(
      "outer",
      [a.type, b.type],
      "one is no vector",
      "one axis each",
      "see mul, which broadcasts",
    );
  return mul(reshape(a, [sizeAt(a.shape, 0), 1]), b);
}
