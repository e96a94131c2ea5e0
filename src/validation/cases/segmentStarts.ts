import { segmentStarts } from "../../ops/segmentStarts.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "segmentStarts",
  cases: [
    startsCase([0], 1),
    startsCase([4], 3),
    startsCase([0, 0, 1, 3, 3, 3], 5),
    startsCase([2, 2, 7, 0xffffffff], 2),
    startsCase(
      Array.from({ length: 131 }, (_, index) => Math.floor(index / 2)),
      70,
    ),
  ],
  random: (draw) => {
    const keys = Array.from({ length: draw.integer(1, 40) }, () => draw.integer(0, 12));
    return startsCase(
      keys.sort((a, b) => a - b),
      draw.integer(1, 15),
    );
  },
};

function startsCase(values: readonly number[], segments: number): Case {
  return {
    name: `${segments} segments of ${values.length} keys from ${values[0]} on`,
    inputs: [{ shape: [values.length], dtype: "u32", fill: { kind: "values", values } }],
    build: ([keys]) => segmentStarts(need(keys), segments),
    tolerance: { kind: "exact" },
    gradient: "skip: not differentiable",
  };
}
