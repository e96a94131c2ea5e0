import { mean } from "../../ops/mean.ts";
import type { CaseList } from "../case.ts";
import { randomReduction, reductionCases, summed } from "../kit/reductions.ts";

export const cases: CaseList = {
  op: "mean",
  cases: reductionCases(mean, { tolerance: summed }),
  random: (draw) => randomReduction(draw, mean, { tolerance: summed }),
};
