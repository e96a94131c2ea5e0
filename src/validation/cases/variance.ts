import { variance } from "../../ops/variance.ts";
import type { CaseList } from "../case.ts";
import { randomReduction, reductionCase, summed } from "../kit/reductions.ts";

const options = { tolerance: summed };

export const cases: CaseList = {
  op: "variance",
  cases: [
    reductionCase("everything", [5, 7], (x) => variance(x), options),
    reductionCase("rows", [6, 9], (x) => variance(x, { axes: 1 }), options),
    reductionCase("columns, by n", [9, 6], (x) => variance(x, { axes: 0, correction: 0 }), options),
    reductionCase("axes apart", [3, 4, 5], (x) => variance(x, { axes: [0, 2] }), options),
    reductionCase("three axes apart", [2, 3, 2, 3, 2], (x) => variance(x, { axes: [0, 2, 4] }), options),
    reductionCase("no axes", [3], (x) => variance(x, { axes: [], correction: 0 }), options),
  ],
  random: (draw) => randomReduction(draw, (x, axes) => variance(x, { ...axes, correction: 0.5 }), options),
};
