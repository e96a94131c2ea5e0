import { stridedNorms } from "../../ops/stridedNorms.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { need } from "../kit/shapes.ts";

type Segment = readonly [start: number, stride: number, count: number];

function normsCase(name: string, length: number, segments: readonly Segment[], fill?: Fill): Case {
  return {
    name,
    inputs: [
      { shape: [length], ...(fill && { fill }) },
      { shape: [3 * segments.length], dtype: "u32", fill: { kind: "values", values: segments.flat() } },
    ],
    build: ([x, table]) => stridedNorms(need(x), need(table)),
    tolerance: { kind: "reduction", terms: Math.max(1, ...segments.map(([, , count]) => count)) },
    gradient: "skip: not differentiable",
  };
}

/** A matrix' columns. */
const columns = (rows: number, across: number, start = 0): Segment[] =>
  Array.from({ length: across }, (_, column) => [start + column, across, rows] as const);

export const cases: CaseList = {
  op: "stridedNorms",
  cases: [
    normsCase("one number", 1, [[0, 1, 1]]),
    normsCase("rows, one of them empty", 20, [
      [0, 1, 7],
      [7, 1, 0],
      [9, 1, 11],
    ]),
    normsCase("columns", 64 + 35, columns(7, 5, 64)),
    normsCase("more norms than a workgroup has invocations", 3 * 131, columns(3, 131)),
    normsCase("long ones", 3 * 256, [
      [0, 3, 256],
      [1, 3, 255],
      [2, 3, 254],
    ]),
    normsCase("huge and tiny", 12, columns(4, 3), {
      kind: "values",
      values: [3e38, 1e-25, 16384, 0, 2e-25, 1e19, 0, 0, -1e19, 0, -2e-25, 3],
    }),
  ],
  random: (draw) => {
    const [rows, across] = [draw.integer(1, 70), draw.integer(1, 9)];
    return normsCase("any columns", rows * across, columns(rows, across));
  },
};
