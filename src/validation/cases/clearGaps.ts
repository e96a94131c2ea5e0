import { clearGaps } from "../../ops/clearGaps.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

const gapsCase = (name: string, length: number, lengths: readonly number[]): Case => ({
  name,
  inputs: [
    { shape: [length] },
    { shape: [lengths.length], dtype: "u32", fill: { kind: "values", values: lengths } },
  ],
  build: ([x, used]) => clearGaps(need(x), need(used)),
  tolerance: { kind: "exact" },
  gradient: "skip: not differentiable",
});

export const cases: CaseList = {
  op: "clearGaps",
  cases: [
    gapsCase("one block", 64, [13]),
    gapsCase("each length of a tail", 64 * 7, [64, 1, 2, 3, 4, 63, 0]),
    gapsCase("the end inside a vector", 70, [61, 5]),
  ],
  random: (draw) => {
    const lengths = Array.from({ length: draw.integer(1, 9) }, () => draw.integer(0, 64));
    return gapsCase("any lengths", 64 * lengths.length - draw.integer(0, 3), lengths);
  },
};
