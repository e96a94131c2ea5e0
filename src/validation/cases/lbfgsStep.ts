import { lbfgsStep } from "../../ops/lbfgsStep.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

/** g · d is −1 and the first trial's length ½, so that the k-th has to get below 2 − ½ · ½ · shrinkᵏ. */
function stepCase(name: string, length: number, slots: number, losses: readonly number[]): Case {
  const count = losses.length;
  const coefficients = [...new Array<number>(2 * slots + 1).fill(0), -1, 0.5, 0, slots - 1];
  const scalar = (value: number) => ({ shape: [], fill: { kind: "values" as const, values: [value] } });
  return {
    name,
    inputs: [
      { shape: [count * length] },
      scalar(2),
      { shape: [coefficients.length], fill: { kind: "values", values: coefficients } },
      { shape: [length] },
      { shape: [2 * slots * length] },
      { shape: [4] },
      ...losses.map(scalar),
    ],
    build: ([trials, loss, combination, parameters, history, outcome, ...tried]) =>
      lbfgsStep(
        need(trials),
        tried.map(need),
        need(loss),
        need(combination),
        need(parameters),
        need(history),
        need(outcome),
        { slots, count, shrink: 0.5, sufficient: 0.5 },
      ),
    step: { learningRate: 1 },
    gradient: "skip: state",
  };
}

export const cases: CaseList = {
  op: "lbfgsStep",
  cases: [
    stepCase("the first trial", 4, 2, [1, 1.5]),
    stepCase("the first is not low enough", 320, 3, [1.8, 1.8, 1]),
    stepCase("the last trial", 260, 2, [3, 2.5, 1]),
    stepCase("none", 64, 2, [2, 3, 4]),
    stepCase("one that is no number", 68, 2, [Number.NaN, Number.NEGATIVE_INFINITY, 1.5]),
  ],
  random: (draw) => {
    const losses = Array.from({ length: draw.integer(1, 4) }, () => draw.pick([1, 3]));
    return stepCase("any losses", 4 * draw.integer(1, 100), draw.integer(2, 5), losses);
  },
};
