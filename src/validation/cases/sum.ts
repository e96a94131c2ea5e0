import { sum, sumOp } from "../../ops/sum.ts";
import type { Case, CaseList } from "../case.ts";
import { inHalf } from "../kit/half.ts";
import { partCases, randomReduction, reductionCases, summed } from "../kit/reductions.ts";

const options = { tolerance: summed };

const inFull: readonly Case[] = [
  ...reductionCases(sum, options, "all"),
  ...partCases(sumOp, (part) => part, options),
];

export const cases: CaseList = {
  op: "sum",
  cases: [...inFull, ...inFull.map(inHalf)],
  random: (draw) => randomReduction(draw, sum, options),
};
