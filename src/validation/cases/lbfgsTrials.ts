import { lbfgsTrials } from "../../ops/lbfgsTrials.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function trialsCase(name: string, length: number, slots: number, count: number, shrink: number): Case {
  // The last y and g weigh something, some pairs nothing.
  const weights = Array.from({ length: 2 * slots + 1 }, (_, at) => (at % 3 === 1 ? 0 : (at % 5) / 4 - 0.6));
  const coefficients = [...weights, -1, 0.5, slots - 1, 0];
  return {
    name,
    inputs: [
      { shape: [length] },
      { shape: [length] },
      { shape: [coefficients.length], fill: { kind: "values", values: coefficients } },
      { shape: [length] },
      { shape: [2 * slots * length] },
    ],
    build: ([gradients, parameters, combination, previous, history]) =>
      lbfgsTrials(need(gradients), need(parameters), need(combination), need(previous), need(history), {
        slots,
        count,
        shrink,
      }),
    step: { learningRate: 0.75 },
    tolerance: { kind: "reduction", terms: 2 * slots + 3, magnitude: 1 },
    gradient: "skip: state",
  };
}

export const cases: CaseList = {
  op: "lbfgsTrials",
  cases: [
    trialsCase("one trial", 4, 2, 1, 0.5),
    trialsCase("eight trials", 320, 3, 8, 0.5),
    trialsCase("ten pairs", 260, 11, 3, 0.1),
  ],
  random: (draw) =>
    trialsCase("any trials", 4 * draw.integer(1, 100), draw.integer(2, 6), draw.integer(1, 5), 0.5),
};
