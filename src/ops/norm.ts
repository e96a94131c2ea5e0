import "../kernels/generated/norm.ts";
import { UsageError } from "../device/errors.ts";
import { scalar } from "../graph/leaves.ts";
import type { Saved } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { equal } from "./equal.ts";
import { mul } from "./mul.ts";
import type { ReduceOptions, ReductionAttributes } from "./reduction.ts";
import { defineReduction, foldRuns } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";
import { shareAmongEqual } from "./share_among_equal.ts";
import { sign } from "./sign.ts";

export interface NormAttributes extends ReductionAttributes {
  /** 1: Σ |x|; 2: √Σ x²; Infinity: the largest |x|. */
  readonly order: number;
}

const folds = [
  [1, "norm/fold_1"],
  [2, "norm/fold_2"],
  [Number.POSITIVE_INFINITY, "norm/fold_infinity"],
] as const;

export const normOp = defineReduction<NormAttributes>({
  name: "norm",
  saves: ["x", "out"],
  vjp: (dy, saved, attributes) => [pullback(dy, saved, attributes)],
  acceptsEpilogue: [],
  kernels: folds.flatMap(([order, fold]) =>
    reductionKernels<NormAttributes>(fold, ({ attributes }) => attributes.order === order),
  ),
  flops: 2,
});

function pullback(dy: Tensor, saved: Saved, attributes: NormAttributes): Tensor {
  const x = saved("x");
  if (attributes.order === 1) return mul(dy, sign(x));
  const out = saved("out");
  // Where the norm is 0, so is every element, and 1 serves as the divisor.
  if (attributes.order === 2) return mul(x, div(dy, add(out, equal(out, scalar(0)))));
  return mul(sign(x), shareAmongEqual(dy, abs(x), out, attributes));
}

export interface NormOptions extends ReduceOptions {
  /** 1, 2 or Infinity; 2 by default. */
  readonly order?: number;
}

/**
 * The norm of the elements over axes, as of one long vector: Σ |x| of order 1, √Σ x² of order 2, the largest |x| of order
 * Infinity. The second is finite wherever it is an f32, however large the squares. The gradient at 0 is 0; equal largest
 * magnitudes share it equally. Over no axes: the magnitudes.
 * @throws UsageError where the order is another
 * @throws ShapeError where there is no such axis
 */
export function norm(x: Tensor, { order = 2, ...options }: NormOptions = {}): Tensor {
  if (!folds.some(([known]) => known === order)) {
    throw new UsageError({
      where: "norm",
      problem: "there is no such order",
      got: String(order),
      expected: "1, 2 or Infinity",
    });
  }
  if (Array.isArray(options.axes) && options.axes.length === 0) return abs(x);
  return foldRuns("norm", x, options, (folded, run) => apply(normOp, [folded], { ...run, order }));
}
