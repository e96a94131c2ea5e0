import { dotLanes } from "../../ops/lbfgs.ts";
import { lbfgsDots } from "../../ops/lbfgsDots.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

/** Elements that a lane takes. */
const laneTerms = (length: number): number => 4 * Math.ceil(length / 4 / dotLanes(length));

const dotsCase = (name: string, length: number, slots: number, newest: number): Case => ({
  name,
  inputs: [
    { shape: [length] },
    { shape: [length] },
    { shape: [2 * slots * length] },
    { shape: [4], fill: { kind: "values", values: [1, 0, newest, 1] } },
  ],
  build: ([gradients, previous, history, control]) =>
    lbfgsDots(need(gradients), need(previous), need(history), need(control), { slots }),
  // A lane's share. Terms of y are differences of two numbers of size 1: Σ|terms| of the inputs' sizes would miss them.
  tolerance: { kind: "reduction", terms: laneTerms(length), magnitude: laneTerms(length) },
  gradient: "skip: not differentiable",
});

export const cases: CaseList = {
  op: "lbfgsDots",
  cases: [
    dotsCase("less than a lane each", 64, 2, 0),
    dotsCase("the middle pair is the newest", 320, 3, 1),
    dotsCase("ten pairs", 192, 11, 10),
    dotsCase("more lanes than a workgroup has invocations", 4096 + 64, 2, 1),
    dotsCase("each lane takes many", 17 * 4096 + 12, 2, 0),
  ],
  random: (draw) => {
    const slots = draw.integer(2, 5);
    return dotsCase("any history", 4 * draw.integer(1, 200), slots, draw.integer(0, slots - 1));
  },
};
