import type { Shape } from "../../kernels/types.ts";
import { sum } from "../../ops/sum.ts";
import type { Case, CaseList } from "../case.ts";
import { inHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

const reductions: readonly (readonly [name: string, shape: Shape, axes: readonly number[] | undefined])[] = [
  ["everything", [5, 7], undefined],
  ["one element", [1], undefined],
  ["rows", [6, 9], [-1]],
  ["columns", [9, 6], [0]],
  ["the middle", [3, 5, 4], [1]],
  ["the outer two", [4, 5, 6], [0, 1]],
  ["axes apart", [3, 4, 5], [0, 2]],
  ["a long row", [3, 1031], [1]],
  ["a long column", [1031, 3], [0]],
  ["rows of whole vectors", [5, 12], [-1]],
  ["a long row of whole vectors", [2, 1028], [1]],
  ["columns of whole vectors", [3, 11, 8], [1]],
  ["long columns of whole vectors", [1030, 68], [0]],
];

const inFull: readonly Case[] = reductions.map(([name, shape, axes]) => ({
  name,
  inputs: [{ shape }],
  build: ([x]) => sum(need(x), axes ? { axes } : {}),
  tolerance: { kind: "reduction", terms: shape.reduce((product, size) => product * size, 1) },
}));

export const cases: CaseList = { op: "sum", cases: [...inFull, ...inFull.map(inHalf)] };
