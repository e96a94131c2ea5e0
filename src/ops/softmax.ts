import "../kernels/generated/softmax.ts";
import type { Op, Saved } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { SoftmaxAttributes, SoftmaxOptions } from "./softmax_family.ts";
import { alongAxis, defineSoftmax } from "./softmax_family.ts";
import { softmaxPullback } from "./softmax_pullback.ts";

export const softmaxOp: Op<SoftmaxAttributes> = defineSoftmax("softmax", (dy, saved, { axis }) => [
  softmaxPullback(shares(saved, axis), dy, axis),
]);

/**
 * eˣ / Σ eˣ along an axis, finite for every finite x. A NaN makes its line NaN.
 * @throws ShapeError where there is no such axis
 */
export function softmax(x: Tensor, options: SoftmaxOptions = {}): Tensor {
  return alongAxis(softmaxOp, x, options);
}

/** The result for gradients: anew in f32 where it was stored as f16, whose rounding differences of shares would show. */
function shares(saved: Saved, axis: number): Tensor {
  const out = saved("out");
  return out.dtype === "f16" ? softmaxInFull(saved("x"), axis) : out;
}

/** Softmax of an x in f16, stored as f32. */
export const softmaxInFull = (x: Tensor, axis: number): Tensor =>
  apply(softmaxOp, [x], { axis, dtype: "f32" });
