import type { EpilogueAttributes, Op, Vjp } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { DType, Shape } from "../kernels/types.ts";
import { ceilDivide, elementCount, trafficBytes } from "../kernels/types.ts";
import { expectFloat, normaliseAxis } from "./checks.ts";
import { reshape } from "./reshape.ts";

/** Neighbouring axes that a reduction folds into one of size 1, or of a size for each part. */
export interface ReductionAttributes extends EpilogueAttributes {
  readonly axis: number;
  readonly count: number;
  /** Fold parts of so many elements, the last one of what is left; all at once by default. */
  readonly part?: number | undefined;
}

/** A tensor seen by a reduction: x[outer, length, inner] → out[outer, inner]. */
export interface ReductionView {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** … → out[outer, parts, inner] */
export interface PartView extends ReductionView {
  readonly parts: number;
  readonly part: number;
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

export function partView(shape: Shape, attributes: ReductionAttributes): PartView {
  const view = reductionView(shape, attributes);
  const part = attributes.part ?? view.length;
  return { ...view, parts: ceilDivide(view.length, part), part };
}

export interface ReductionDescription<Attributes extends ReductionAttributes>
  extends Pick<Op<Attributes>, "name" | "acceptsEpilogue" | "kernels" | "passes"> {
  readonly saves?: readonly string[];
  readonly vjp?: Vjp<Attributes>;
  /** Of the result; by default what the attributes say, else what x is stored as. */
  readonly dtype?: DType;
  /** Floating point operations an element; 1 by default. */
  readonly flops?: number;
}

/** An op that folds neighbouring axes to size 1; `reduceAxes` builds the user's form of it. */
export function defineReduction<Attributes extends ReductionAttributes = ReductionAttributes>({
  name,
  dtype,
  flops = 1,
  ...own
}: ReductionDescription<Attributes>): Op<Attributes> {
  return defineOp<Attributes>({
    ...own,
    name,
    inputs: ["x"],
    outputs: ["out"],
    type: (inputs, attributes) => {
      const x = expectFloat(name, inputs, 0, null);
      return [{ shape: foldedShape(x.shape, attributes), dtype: dtype ?? attributes.dtype ?? x.dtype }];
    },
    cost: ({ inputs, outputs }) => {
      const elements = elementCount(inputs[0]?.shape ?? []);
      return { flops: flops * elements, bytes: trafficBytes(...inputs, ...outputs) };
    },
  });
}

function foldedShape(shape: Shape, attributes: ReductionAttributes): Shape {
  const { axis, count } = attributes;
  const { parts } = partView(shape, attributes);
  return shape.map((size, at) => (at === axis ? parts : at > axis && at < axis + count ? 1 : size));
}

/** For results that are worked on further: f16 is rounded once, at the end. */
export const unrounded = (x: Tensor): Pick<ReductionAttributes, "dtype"> =>
  x.dtype === "f16" ? { dtype: "f32" } : {};

/** What a user says of a reduction. */
export interface ReduceOptions {
  /** Axes to fold, negative ones from the end; all of them by default. */
  readonly axes?: number | readonly number[];
  /** Keep folded axes with size 1; false by default. */
  readonly keepDims?: boolean;
}

/** Applies a reduction to any axes: one application a run of neighbours, from the last run to the first. */
export function reduceAxes(op: Op<ReductionAttributes>, x: Tensor, options: ReduceOptions = {}): Tensor {
  return foldRuns(op.name, x, options, (folded, run) => apply(op, [folded], run));
}

/**
 * Folds the axes that a user names: one call a run of neighbours, from the last run to the first, each with what the one
 * before gave.
 * @param op for errors
 * @param fold folds neighbouring axes to size 1
 */
export function foldRuns(
  op: string,
  x: Tensor,
  { axes: wanted, keepDims = false }: ReduceOptions,
  fold: (folded: Tensor, run: Pick<ReductionAttributes, "axis" | "count">) => Tensor,
): Tensor {
  const axes = normaliseAxes(op, x.shape, wanted);
  const folded = runs(axes).reverse().reduce(fold, x);
  return keepDims ? folded : dropAxes(folded, axes);
}

/** Leaves axes of size 1 out of the shape. */
export function dropAxes(x: Tensor, axes: readonly number[]): Tensor {
  return axes.length === 0
    ? x
    : reshape(
        x,
        x.shape.filter((_, axis) => !axes.includes(axis)),
      );
}

/** The axes in rising order, once each. @throws ShapeError where there is no such axis */
export function normaliseAxes(op: string, shape: Shape, axes: ReduceOptions["axes"]): number[] {
  if (axes === undefined) return shape.map((_, axis) => axis);
  const listed = typeof axes === "number" ? [axes] : axes;
  return [...new Set(listed.map((axis) => normaliseAxis(op, shape, axis)))].sort((a, b) => a - b);
}

/** Neighbours among rising axes, together. */
export function runs(axes: readonly number[]): { axis: number; count: number }[] {
  const result: { axis: number; count: number }[] = [];
  for (const axis of axes) {
    const last = result.at(-1);
    if (last && last.axis + last.count === axis) last.count++;
    else result.push({ axis, count: 1 });
  }
  return result;
}
