import type { Tensor } from "../graph/tensor.ts";
import { cast } from "./cast.ts";
import { mul } from "./mul.ts";
import type { SoftmaxOptions } from "./softmax_family.ts";
import { alongAxis, defineSoftmax } from "./softmax_family.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export const softmaxOp = defineSoftmax("softmax", (dy, saved, { axis }) => [
  softmaxPullback(saved("out"), dy, axis),
]);

/**
 * eˣ / Σ eˣ along an axis, finite for every finite x. A NaN makes its line NaN.
 * @throws ShapeError where there is no such axis
 */
export function softmax(x: Tensor, options: SoftmaxOptions = {}): Tensor {
  return alongAxis(softmaxOp, x, options);
}

/** The product of a cotangent with softmax's Jacobian, y · (dy − Σ y · dy): the matrix is symmetric. */
export function softmaxPullback(y: Tensor, dy: Tensor, axis = -1): Tensor {
  // A product in f16 is never stored: the cast is what is left of it in the kernel.
  return mul(y, sub(dy, sum(cast(mul(y, dy), "f32"), { axes: axis, keepDims: true })));
}
