import type { Tensor } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import { formatShape } from "../../kernels/types.ts";
import type { Case, CaseList, Draw, Fill, Sweep } from "../case.ts";

/** Shapes that find wrong tails and strides: a scalar, primes, vectors and workgroups ± 1, more than two axes. */
export const elementwiseShapes: readonly Shape[] = [
  [],
  [1],
  [3],
  [4],
  [5],
  [7, 11],
  [255],
  [256],
  [257],
  [2, 3, 4, 5],
];

/** More elements than 65,535 workgroups of 64 vec4 hold would take 64 MiB; this folds the grid of narrower kernels. */
export const largeShape: Shape = [65_536 * 4 + 1];

/** Cases of an elementwise op of one input. */
export function unary(
  op: string,
  apply: (x: Tensor) => Tensor,
  fill: Fill = { kind: "normal", scale: 3 },
): CaseList {
  return {
    op,
    cases: elementwiseShapes.map((shape) =>
      unaryCase(String(shape.length === 0 ? "scalar" : shape), shape, apply, fill),
    ),
    random: (draw) => {
      const shape = drawShape(draw);
      return unaryCase(`random ${formatShape(shape)}`, shape, apply, fill);
    },
  };
}

/** Cases of an elementwise op of one input, and what it promises over all of f32: NaN stays NaN where nothing is said. */
export function unarySwept(
  op: string,
  apply: (x: Tensor) => Tensor,
  sweep: Omit<Sweep, "apply" | "nan"> & { readonly nan?: number },
  fill?: Fill,
): CaseList {
  return { ...unary(op, apply, fill), sweep: { apply, nan: Number.NaN, ...sweep } };
}

/** Up to four axes of up to nine. */
function drawShape(draw: Draw): Shape {
  return Array.from({ length: draw.integer(0, 4) }, () => draw.integer(1, 9));
}

/** What broadcasts to the shape: without some of its outer axes, some of the rest of size 1. */
function drawOperand(draw: Draw, shape: Shape): Shape {
  return shape.slice(draw.integer(0, shape.length)).map((size) => (draw.integer(0, 3) === 0 ? 1 : size));
}

/** Shapes that broadcast with each other: a drawn one, and for each operand what remains of it. */
export function drawBroadcast(draw: Draw, operands: number): readonly Shape[] {
  const shape = drawShape(draw);
  return Array.from({ length: operands }, () => drawOperand(draw, shape));
}

export function unaryCase(name: string, shape: Shape, apply: (x: Tensor) => Tensor, fill: Fill): Case {
  return { name, inputs: [{ shape, fill }], build: ([x]) => apply(need(x)) };
}

/** Pairs of shapes that broadcast in every way the kernels tell apart. */
export const broadcastPairs: readonly (readonly [name: string, a: Shape, b: Shape])[] = [
  ["same", [3, 5], [3, 5]],
  ["scalars", [], []],
  ["a scalar on the right", [6, 7], []],
  ["one element on the left", [1], [4, 4]],
  ["a row of whole vectors", [5, 8], [8]],
  ["a row that is no multiple of 4", [5, 7], [7]],
  ["a column", [6, 5], [6, 1]],
  ["both repeat", [4, 1, 3], [5, 1]],
  ["axes between", [2, 3, 4, 5], [3, 1, 5]],
  ["many workgroups", [67, 64], [67, 64]],
];

/** Cases of an elementwise op of two inputs; `given` is what all of them have in common. */
export function binary(
  op: string,
  apply: (a: Tensor, b: Tensor) => Tensor,
  fills: readonly [Fill?, Fill?] = [],
  given: Pick<Case, "tolerance" | "gradient"> = {},
): CaseList {
  const pair = (name: string, shapes: readonly Shape[]): Case => ({
    name,
    inputs: shapes.map((shape, index) => {
      const fill = fills[index];
      return fill ? { shape, dtype: "f32", fill } : { shape };
    }),
    build: ([left, right]) => apply(need(left), need(right)),
    ...given,
  });
  return {
    op,
    cases: broadcastPairs.map(([name, a, b]) => pair(name, [a, b])),
    random: (draw) => {
      const shapes = drawBroadcast(draw, 2);
      return pair(`random ${shapes.map(formatShape).join(" ")}`, shapes);
    },
  };
}

/** The input that a case's shapes promise. */
export function need(tensor: Tensor | undefined): Tensor {
  if (!tensor) throw new Error("the case has fewer inputs than its op takes");
  return tensor;
}

/** Channels and filters: one, primes, whole vectors only together, workgroups of pairs ± 1. */
export const filterPairs: readonly (readonly [channels: number, filters: number])[] = [
  [1, 1],
  [1, 4],
  [2, 6],
  [3, 5],
  [4, 4],
  [7, 9],
  [5, 13],
  [12, 21],
  [13, 20],
  [31, 37],
];
