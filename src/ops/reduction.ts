import type { EpilogueAttributes, Op, Vjp } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Kernel } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import { elementCount, trafficBytes } from "../kernels/types.ts";
import { expectFloat, normaliseAxis } from "./checks.ts";
import { reshape } from "./reshape.ts";

/** Neighbouring axes that a reduction folds into one of size 1. */
export interface ReductionAttributes extends EpilogueAttributes {
  readonly axis: number;
  readonly count: number;
}

/** A tensor seen by a reduction: x[outer, length, inner] → out[outer, inner]. */
export interface ReductionView {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

export function reductionView(
  shape: Shape,
  { axis, count }: Pick<ReductionAttributes, "axis" | "count">,
): ReductionView {
  return {
    outer: elementCount(shape.slice(0, axis)),
    length: elementCount(shape.slice(axis, axis + count)),
    inner: elementCount(shape.slice(axis + count)),
  };
}

export interface ReductionDescription extends Pick<Op, "acceptsEpilogue"> {
  readonly name: string;
  readonly saves: readonly string[];
  readonly vjp: Vjp<ReductionAttributes>;
  readonly kernels: readonly Kernel<ReductionAttributes>[];
}

/** An op that folds neighbouring axes to size 1; `reduceAxes` builds the user's form of it. */
export function defineReduction({ name, ...own }: ReductionDescription): Op<ReductionAttributes> {
  return defineOp<ReductionAttributes>({
    ...own,
    name,
    inputs: ["x"],
    outputs: ["out"],
    type: (inputs, attributes) => {
      const { shape, dtype: own } = expectFloat(name, inputs, 0, null);
      const { axis, count, dtype = own } = attributes;
      return [{ shape: shape.map((size, at) => (at >= axis && at < axis + count ? 1 : size)), dtype }];
    },
    cost: ({ inputs, outputs }) => {
      const elements = elementCount(inputs[0]?.shape ?? []);
      return { flops: elements, bytes: trafficBytes(...inputs, ...outputs) };
    },
  });
}

/** What a user says of a reduction. */
export interface ReduceOptions {
  /** Axes to fold, negative ones from the end; all of them by default. */
  readonly axes?: number | readonly number[];
  /** Keep folded axes with size 1; false by default. */
  readonly keepDims?: boolean;
}

/** Applies a reduction to any axes: one application a run of neighbours, from the last run to the first. */
export function reduceAxes(op: Op<ReductionAttributes>, x: Tensor, options: ReduceOptions = {}): Tensor {
  const axes = normaliseAxes(op.name, x.shape, options.axes);
  let folded = x;
  for (const { axis, count } of runs(axes).reverse()) folded = apply(op, [folded], { axis, count });
  if (options.keepDims) return folded;
  const kept = x.shape.filter((_, axis) => !axes.includes(axis));
  return axes.length === 0 ? folded : reshape(folded, kept);
}

/** The axes in rising order, once each. @throws ShapeError where there is no such axis */
export function normaliseAxes(op: string, shape: Shape, axes: ReduceOptions["axes"]): number[] {
  if (axes === undefined) return shape.map((_, axis) => axis);
  const listed = typeof axes === "number" ? [axes] : axes;
  return [...new Set(listed.map((axis) => normaliseAxis(op, shape, axis)))].sort((a, b) => a - b);
}

function runs(axes: readonly number[]): ReductionAttributes[] {
  const result: { axis: number; count: number }[] = [];
  for (const axis of axes) {
    const last = result.at(-1);
    if (last && last.axis + last.count === axis) last.count++;
    else result.push({ axis, count: 1 });
  }
  return result;
}
