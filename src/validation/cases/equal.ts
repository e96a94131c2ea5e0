import { equal } from "../../ops/equal.ts";
import type { Case, CaseInput, CaseList } from "../case.ts";
import { anyOperand, anyShape, broadcastPairs, need } from "../kit/shapes.ts";

/** Few different numbers, so that many are equal. */
const few = (shape: CaseInput["shape"]): CaseInput => ({
  shape,
  dtype: "f32",
  fill: { kind: "indices", below: 3 },
});

const equalCase = (name: string, a: CaseInput["shape"], b: CaseInput["shape"]): Case => ({
  name,
  inputs: [few(a), few(b)],
  build: ([left, right]) => equal(need(left), need(right)),
  tolerance: { kind: "exact" },
  gradient: "skip: not differentiable",
});

export const cases: CaseList = {
  op: "equal",
  cases: broadcastPairs.map(([name, a, b]) => equalCase(name, a, b)),
  random: (draw) => {
    const common = anyShape(draw);
    return equalCase("any two shapes", anyOperand(draw, common), anyOperand(draw, common));
  },
};
