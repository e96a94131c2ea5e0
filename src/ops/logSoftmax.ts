import "../kernels/generated/logSoftmax.ts";
import type { Tensor } from "../graph/tensor.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { softmaxInFull } from "./softmax.ts";
import type { SoftmaxOptions } from "./softmax_family.ts";
import { alongAxis, defineSoftmax } from "./softmax_family.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export const logSoftmaxOp = defineSoftmax("logSoftmax", (dy, saved, { axis }) => {
  const out = saved("out");
  // Of a logarithm rounded to f16, the power is off by more than f16 is.
  const shares = out.dtype === "f16" ? softmaxInFull(saved("x"), axis) : exp(out);
  return [sub(dy, mul(shares, sum(dy, { axes: axis, keepDims: true })))];
});

/**
 * log softmax(x) = x − log Σ eˣ along an axis, finite for every finite x, also where softmax itself is 0 in f32. A NaN
 * makes its line NaN.
 * @throws ShapeError where there is no such axis
 */
export function logSoftmax(x: Tensor, options: SoftmaxOptions = {}): Tensor {
  return alongAxis(logSoftmaxOp, x, options);
}
