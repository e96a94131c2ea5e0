import type { Tensor } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
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
    random: (draw) => unaryCase("any shape", anyShape(draw), apply, fill),
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

export function unaryCase(name: string, shape: Shape, apply: (x: Tensor) => Tensor, fill: Fill): Case {
  return { name, inputs: [{ shape, fill }], build: ([x]) => apply(need(x)) };
}

/** A shape of up to four axes, or of one that is long enough for vectors in runs. */
export function anyShape(draw: Draw): Shape {
  const axes = draw.integer(0, 4);
  if (axes === 1) return [draw.integer(1, 600)];
  return Array.from({ length: axes }, () => draw.integer(1, 9));
}

/** What broadcasts to a shape: some of its axes of size 1, some of its first ones left out. */
export function anyOperand(draw: Draw, common: Shape): Shape {
  const repeated = common.map((size) => draw.pick([size, 1]));
  return repeated.slice(draw.integer(0, common.length));
}

/** Shapes that broadcast with each other: what remains of a drawn one for each operand. */
export function anyOperands(draw: Draw, count: number): readonly Shape[] {
  const common = anyShape(draw);
  return Array.from({ length: count }, () => anyOperand(draw, common));
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
      const shapes = anyOperands(draw, 2);
      return pair("any two shapes", shapes);
    },
  };
}

/** The input that a case's shapes promise. */
export function need(tensor: Tensor | undefined): Tensor {
  if (!tensor) throw new Error("the case has fewer inputs than its op takes");
  return tensor;
}

/** Channels and filters in whole vectors: one vector, prime numbers of them, workgroups of pairs ± 1. */
export const filterPairs: readonly (readonly [channels: number, filters: number])[] = [
  [4, 4],
  [4, 8],
  [12, 8],
  [4, 60],
  [4, 68],
  [28, 36],
];
