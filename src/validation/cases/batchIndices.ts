import { batchIndices } from "../../ops/batchIndices.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function indexCase(name: string, batchSize: number, count: number, batchStart: number): Case {
  return {
    name,
    inputs: [{ shape: [count + 3], fill: { kind: "indices", below: 2 ** 32 } }],
    build: ([permutation]) => batchIndices(need(permutation), { batchSize, count }),
    tolerance: { kind: "exact" },
    step: { batchStart },
    gradient: "skip: not differentiable",
  };
}

export const cases: CaseList = {
  op: "batchIndices",
  cases: [
    indexCase("one of one", 1, 1, 0),
    indexCase("within", 7, 40, 21),
    indexCase("more than a workgroup", 67, 131, 64),
    indexCase("the last batch is filled up", 65, 70, 65),
    indexCase("past the end", 3, 6, 6),
  ],
  random: (draw) => {
    const count = draw.integer(1, 200);
    return indexCase("any batch", draw.integer(1, 100), count, draw.integer(0, count));
  },
};
