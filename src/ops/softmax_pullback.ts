import type { Tensor } from "../graph/tensor.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

/** The product of a cotangent with softmax's Jacobian, y · (dy − Σ y · dy): the matrix is symmetric. */
export function softmaxPullback(y: Tensor, dy: Tensor, axis = -1): Tensor {
  return mul(y, sub(dy, sum(mul(y, dy), { axes: axis, keepDims: true })));
}
