import { segmentSums } from "../../ops/segmentSums.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function segmentCase(name: string, lengths: readonly number[], columns: number): Case {
  const starts = [0];
  for (const length of lengths) starts.push((starts.at(-1) ?? 0) + length);
  return {
    name,
    inputs: [
      { shape: [Math.max(1, starts.at(-1) ?? 0), columns] },
      { shape: [starts.length], dtype: "u32", fill: { kind: "values", values: starts } },
    ],
    build: ([x, places]) => segmentSums(need(x), need(places)),
    tolerance: { kind: "reduction", terms: Math.max(1, ...lengths) },
    gradient: "skip: not differentiable",
  };
}

export const cases: CaseList = {
  op: "segmentSums",
  cases: [
    segmentCase("one row", [1], 1),
    segmentCase("two columns", [1, 3, 4, 5, 9], 2),
    segmentCase("an empty segment", [3, 0, 2], 3),
    segmentCase("longer than a workgroup", [63, 64, 65, 1031], 2),
    segmentCase(
      "more sums than a workgroup has invocations",
      Array.from({ length: 67 }, (_, i) => i % 5),
      2,
    ),
  ],
  random: (draw) => {
    const lengths = Array.from({ length: draw.integer(1, 9) }, () => draw.integer(0, 200));
    return segmentCase("any lengths", lengths, draw.integer(1, 5));
  },
};
