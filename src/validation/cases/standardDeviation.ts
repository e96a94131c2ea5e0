import { standardDeviation } from "../../ops/standardDeviation.ts";
import type { CaseList } from "../case.ts";
import { randomReduction, reductionCase, summed } from "../kit/reductions.ts";

const options = { tolerance: summed };

export const cases: CaseList = {
  op: "standardDeviation",
  cases: [
    reductionCase("everything", [5, 7], (x) => standardDeviation(x), options),
    reductionCase("rows", [6, 9], (x) => standardDeviation(x, { axes: 1, keepDims: true }), options),
    reductionCase(
      "axes apart, by n",
      [3, 4, 5],
      (x) => standardDeviation(x, { axes: [0, 2], correction: 0 }),
      options,
    ),
  ],
  random: (draw) =>
    randomReduction(draw, (x, axes) => standardDeviation(x, { ...axes, correction: 0.5 }), options),
};
