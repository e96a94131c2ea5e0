import type { Shape } from "../../kernels/types.ts";
import { max } from "../../ops/max.ts";
import type { CaseList } from "../case.ts";
import { valuesCase } from "../kit/extremes.ts";
import { need } from "../kit/shapes.ts";

const reductions: readonly (readonly [name: string, shape: Shape, axes: readonly number[] | undefined])[] = [
  ["everything", [5, 7], undefined],
  ["one element", [1], undefined],
  ["rows", [6, 9], [-1]],
  ["columns", [9, 6], [0]],
  ["the middle", [3, 5, 4], [1]],
  ["axes apart", [3, 4, 5], [0, 2]],
  ["a long row", [3, 257], [1]],
  ["a long column", [257, 3], [0]],
];

const least = -3e38;

export const cases: CaseList = {
  op: "max",
  cases: [
    ...reductions.map(([name, shape, axes]) => ({
      name,
      inputs: [{ shape, fill: { kind: "distinct" } as const }],
      build: ([x]: Parameters<CaseList["cases"][number]["build"]>[0]) => max(need(x), axes ? { axes } : {}),
      tolerance: { kind: "exact" } as const,
    })),
    {
      name: "ties",
      inputs: [{ shape: [11, 6], dtype: "f32", fill: { kind: "indices", below: 3 } }],
      build: ([x]) => max(need(x), { axes: 1 }),
      gradient: "skip: not differentiable",
    },
    valuesCase("all negative", [least, -1, -1e-30, -7], max),
    valuesCase("infinities", [Number.NEGATIVE_INFINITY, -1, Number.POSITIVE_INFINITY], max),
    valuesCase("only −∞", [Number.NEGATIVE_INFINITY], max),
    valuesCase("a NaN", [1, Number.NaN, Number.POSITIVE_INFINITY, 3], max),
  ],
};
