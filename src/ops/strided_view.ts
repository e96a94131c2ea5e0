import type { Shape, TensorType } from "../kernels/types.ts";
import { collapseAxes } from "./broadcasting.ts";
import { shapeError } from "./checks.ts";

/** out[c] = x[offset + Σ c·stride] over the output's coordinates: strides may be 0 or negative. */
export interface StridedView {
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Axes that the kernels have strides for, once those were merged over which they walk as over one. */
const maxAxes = 6;

/** A view's axes merged and padded in front to six. */
export interface CollapsedView {
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export function collapseView(shape: Shape, { strides, offset }: StridedView): CollapsedView {
  const { sizes, strides: collapsed } = collapseAxes(shape, [strides], maxAxes);
  return { sizes, strides: collapsed[0] ?? [], offset };
}

/** @throws ShapeError where more axes stay apart than kernels have strides for */
export function expectFewAxes(op: string, inputs: readonly TensorType[], shape: Shape, view: StridedView) {
  const { sizes } = collapseAxes(shape, [view.strides], shape.length);
  if (sizes.filter((size) => size > 1).length <= maxAxes) return;
  const expected = `at most ${maxAxes}, where axes that stay neighbours count as one`;
  throw shapeError(op, inputs, "too many axes move", expected, "reshape it first");
}
