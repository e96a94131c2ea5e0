import { sum, sumOp } from "../../ops/sum.ts";
import type { CaseList } from "../case.ts";
import { partCases, randomReduction, reductionCases, summed } from "../kit/reductions.ts";

const options = { tolerance: summed };

export const cases: CaseList = {
  op: "sum",
  cases: [...reductionCases(sum, options, "all"), ...partCases(sumOp, (part) => part, options)],
  random: (draw) => randomReduction(draw, sum, options),
};
