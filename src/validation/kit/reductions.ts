import type { Op } from "../../graph/op.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import { elementCount } from "../../kernels/types.ts";
import type { ReductionAttributes } from "../../ops/reduction.ts";
import type { Case, CaseInput, Draw, Tolerance } from "../case.ts";
import { need } from "./shapes.ts";

type Reduction = readonly [name: string, shape: Shape, axes: readonly number[] | undefined];

/** What every reduction must be able to do, with one for each kernel. */
const few: readonly Reduction[] = [
  ["everything", [5, 7], undefined],
  ["one element", [1], undefined],
  ["rows", [6, 9], [-1]],
  ["columns", [9, 6], [0]],
  ["axes apart", [3, 4, 5], [0, 2]],
  ["a long row", [2, 1031], [1]],
  ["rows of whole vectors", [5, 12], [-1]],
  ["columns of whole vectors", [3, 11, 8], [1]],
];

/** Lengths and widths around those of lanes, vectors and workgroups: for one reduction, since kernels are shared. */
const more: readonly Reduction[] = [
  ["the middle", [3, 5, 4], [1]],
  ["the outer two", [4, 5, 6], [0, 1]],
  ["a long column", [1031, 3], [0]],
  ["a long row of whole vectors", [2, 1028], [1]],
  ["long columns of whole vectors", [1030, 68], [0]],
  ["many short rows", [131, 37], [1]],
  ["columns of one vector", [2, 517, 4], [1]],
];

const parts: readonly (readonly [name: string, shape: Shape, axis: number, part: number])[] = [
  ["parts of a row", [2, 45], 1, 11],
  ["parts of one row, in vectors", [91], 0, 16],
  ["parts of columns", [2, 21, 3], 1, 8],
  ["parts of columns of whole vectors", [37, 12], 0, 8],
];

export interface ReductionCaseOptions {
  readonly fill?: CaseInput["fill"];
  /** Of the number of elements folded; `elementwise` where nothing is said. */
  readonly tolerance?: (terms: number) => Tolerance;
  readonly gradient?: Case["gradient"];
}

/** The op over axes of a shape. */
export function reductionCase(
  name: string,
  shape: Shape,
  build: (x: Tensor) => Tensor,
  { fill, tolerance, gradient }: ReductionCaseOptions = {},
): Case {
  return {
    name,
    inputs: [{ shape, ...(fill && { fill }) }],
    build: ([x]) => build(need(x)),
    ...(tolerance && { tolerance: tolerance(elementCount(shape)) }),
    ...(gradient && { gradient }),
  };
}

type Apply = (x: Tensor, options: { axes?: readonly number[]; keepDims?: boolean }) => Tensor;

export function reductionCases(
  reduce: Apply,
  options: ReductionCaseOptions = {},
  which: "few" | "all" = "few",
): Case[] {
  return [...few, ...(which === "all" ? more : [])].map(([name, shape, axes]) =>
    reductionCase(name, shape, (x) => reduce(x, axes ? { axes } : {}), options),
  );
}

/** Folds of parts, as passes make them of long ones. They come after differentiation and have no gradient. */
export function partCases<Attributes extends ReductionAttributes>(
  op: Op<Attributes>,
  attributes: (part: { axis: number; count: number; part: number }) => Attributes,
  options: ReductionCaseOptions = {},
): Case[] {
  return parts.map(([name, shape, axis, part]) =>
    reductionCase(name, shape, (x) => apply(op, [x], attributes({ axis, count: 1, part })), {
      ...options,
      gradient: "skip: not differentiable",
    }),
  );
}

/** Any axes of any shape. */
export function randomReduction(draw: Draw, reduce: Apply, options: ReductionCaseOptions = {}): Case {
  const rank = draw.integer(1, 4);
  const shape = Array.from({ length: rank }, () => draw.integer(1, 9));
  if (draw.integer(0, 3) === 3) shape[draw.integer(0, rank - 1)] = draw.integer(1, 300);
  const axes = shape.flatMap((_, axis) => (draw.integer(0, 1) === 0 ? [axis] : []));
  const folded = axes.length === 0 ? [0] : axes;
  const keepDims = draw.integer(0, 1) === 1;
  const name = `[${shape.join(", ")}] over ${folded.join(", ")}${keepDims ? ", kept" : ""}`;
  const large = elementCount(shape) > 600 ? ({ gradient: "skip: large" } as const) : {};
  return reductionCase(name, shape, (x) => reduce(x, { axes: folded, keepDims }), { ...options, ...large });
}

/** Any axis of any shape, for ops that go along one. */
export function randomAxis(draw: Draw): { shape: number[]; axis: number } {
  const rank = draw.integer(1, 4);
  const shape = Array.from({ length: rank }, () => draw.integer(1, 9));
  const axis = draw.integer(0, rank - 1);
  if (draw.integer(0, 3) === 3) shape[axis] = draw.integer(1, 300);
  return { shape, axis };
}

export const summed = (terms: number): Tolerance => ({ kind: "reduction", terms });
export const exact = (): Tolerance => ({ kind: "exact" });
