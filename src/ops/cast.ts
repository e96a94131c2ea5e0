import "../kernels/generated/elementwise/cast.ts";
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

/** `cast` of floats to floats: what gradients and passes need, without the kernels of integers. */
export const castFloats = (x: Tensor, dtype: FloatDType): Tensor =>
  x.dtype === dtype ? x : apply(castOp, [x], { dtype });

/** x in the dtype of another tensor. */
export function castLike(x: Tensor, like: Tensor): Tensor {
  return x.dtype === like.dtype ? x : castFloats(x, expectFloat("cast", [like.type], 0, null).dtype);
}
