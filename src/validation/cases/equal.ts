import { equal } from "../../ops/equal.ts";
import type { CaseInput, CaseList } from "../case.ts";
import { broadcastPairs, need } from "../kit/shapes.ts";

/** Few different numbers, so that many are equal. */
const few = (shape: CaseInput["shape"]): CaseInput => ({
  shape,
  dtype: "f32",
  fill: { kind: "indices", below: 3 },
});

export const cases: CaseList = {
  op: "equal",
  cases: broadcastPairs.map(([name, a, b]) => ({
    name,
    inputs: [few(a), few(b)],
    build: ([left, right]) => equal(need(left), need(right)),
    tolerance: { kind: "exact" },
    gradient: "skip: not differentiable",
  })),
};
