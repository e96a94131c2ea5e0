import type { MergeRunsAttributes } from "../../ops/mergeRuns.ts";
import { merged } from "../../ops/mergeRuns.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

export const cases: CaseList = {
  op: "mergeRuns",
  cases: [
    sortCase(1, 1, []),
    sortCase(7, 3, [{ run: 1, ways: 8 }]),
    sortCase(67, 0xffffffff, [{ run: 1, ways: 64 }]),
    sortCase(257, 5, [
      { run: 1, ways: 8 },
      { run: 8, ways: 4 },
      { run: 32, ways: 16 },
    ]),
    sortCase(1031, 100, [
      { run: 1, ways: 64 },
      { run: 64, ways: 16 },
      { run: 1024, ways: 16 },
    ]),
  ],
  random: (draw) => {
    const passes = [{ run: 1, ways: draw.integer(2, 64) }];
    const [first] = passes;
    if (first && draw.integer(0, 1) === 1) passes.push({ run: first.ways, ways: draw.integer(2, 16) });
    return sortCase(draw.integer(1, 300), draw.pick([1, 2, 7, 1000]), passes);
  },
};

/** Sorted in some passes, each a node to check. */
function sortCase(count: number, below: number, passes: readonly MergeRunsAttributes[]): Case {
  const [first = { run: 1, ways: 2 }, ...others] = passes;
  return {
    name: `${count} keys below ${below}, ${passes.map(({ ways }) => ways).join(" by ") || "2"} ways`,
    inputs: [{ shape: [count], fill: { kind: "indices", below } }],
    build: ([keys]) => {
      let order = merged(need(keys), undefined, first);
      for (const pass of others) order = merged(order.keys, order.positions, pass);
      return [order.keys, order.positions];
    },
    tolerance: { kind: "exact" },
    gradient: "skip: not differentiable",
  };
}
