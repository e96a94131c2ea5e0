import { addPenalties } from "../../ops/addPenalties.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { need } from "../kit/shapes.ts";

function penaltyCase(name: string, length: number, parameters?: Fill): Case {
  return {
    name,
    inputs: [
      { shape: [length] },
      { shape: [length], ...(parameters && { fill: parameters }) },
      { shape: [2 * Math.ceil(length / 64)], fill: { kind: "uniform", low: 0, high: 2 } },
    ],
    build: ([gradients, theta, penalties]) => addPenalties(need(gradients), need(theta), need(penalties)),
    gradient: "skip: not differentiable",
  };
}

export const cases: CaseList = {
  op: "addPenalties",
  cases: [
    ...[1, 6, 64, 65, 257, 1031].map((length) => penaltyCase(`${length} parameters`, length)),
    penaltyCase("zeros, huge and tiny", 6, { kind: "values", values: [0, -0, 1e-30, -1e-30, 1e30, -1e30] }),
  ],
  random: (draw) => penaltyCase("any length", draw.integer(1, 500)),
};
