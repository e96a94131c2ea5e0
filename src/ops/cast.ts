import "../kernels/generated/elementwise/cast.ts";
import type { Op } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { singleFormula } from "../kernels/formula.ts";
import type { DType, FloatDType } from "../kernels/types.ts";
import { isFloat } from "../kernels/types.ts";
import { castInteger } from "./castInteger.ts";
import { expectFloat } from "./checks.ts";
import { elementwiseOp } from "./elementwise.ts";

export interface CastAttributes {
  readonly dtype: FloatDType;
}

const copy = singleFormula("cast", 1);

/** An elementwise op without arithmetic: chains and epilogues convert as they load and store. */
export const castOp: Op<CastAttributes> = elementwiseOp<CastAttributes>({
  name: "cast",
  inputs: ["x"],
  saves: ["x"],
  vjp: (dy, saved) => [castLike(dy, saved("x"))],
  formula: () => copy,
  flops: 0,
  type: (inputs, { dtype }) => [{ shape: expectFloat("cast", inputs, 0, null).shape, dtype }],
});

/**
 * The same numbers in another dtype.
 *
 * Between f32 and f16: to f16 rounded to the nearest, beyond 65,504 infinite; to f32 exact. f16 halves memory and traffic;
 * kernels compute in f32 all the same. Gradients come back in the dtype of x, so that parameters stay f32 and are cast where
 * they are used.
 *
 * From floats to integers it truncates; what is out of the new type's range becomes its nearest end, where PyTorch wraps
 * integers around and leaves the rest undefined; NaN becomes 0. Integers beyond 2²⁴ are rounded to f32. No gradient goes
 * through.
 * @returns x itself where it has the dtype
 */
export function cast(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  if (isFloat(x.dtype) && isFloat(dtype)) return apply(castOp, [x], { dtype });
  if (dtype === "f16") return cast(cast(x, "f32"), dtype);
  return castInteger(cast32(x), dtype);
}

const cast32 = (x: Tensor): Tensor => (x.dtype === "f16" ? cast(x, "f32") : x);

/** x in the dtype of another tensor. */
export function castLike(x: Tensor, like: Tensor): Tensor {
  return x.dtype === like.dtype ? x : cast(x, expectFloat("cast", [like.type], 0, null).dtype);
}
