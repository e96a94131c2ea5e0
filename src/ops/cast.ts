import type { Op } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { singleFormula } from "../kernels/formula.ts";
import type { FloatDType } from "../kernels/types.ts";
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
 * The same numbers in another dtype: to f16 rounded to the nearest, beyond 65,504 infinite; to f32 exact. f16 halves
 * memory and traffic; kernels compute in f32 all the same. Gradients come back in the dtype of x, so that parameters
 * stay f32 and are cast where they are used. Free where the dtype is x's.
 * @throws ShapeError where x is no float
 */
export function cast(x: Tensor, dtype: FloatDType): Tensor {
  return x.dtype === dtype ? x : apply(castOp, [x], { dtype });
}

/** x in the dtype of another tensor. */
export function castLike(x: Tensor, like: Tensor): Tensor {
  return x.dtype === like.dtype ? x : cast(x, expectFloat("cast", [like.type], 0, null).dtype);
}
