import { logSumExp, logSumExpOp } from "../../ops/logSumExp.ts";
import type { Case, CaseList } from "../case.ts";
import { valuesCase } from "../kit/extremes.ts";
import { someInHalf } from "../kit/half.ts";
import { partCases, randomReduction, reductionCase, reductionCases } from "../kit/reductions.ts";

const options = { fill: { kind: "normal", scale: 3 } } as const;
const { NEGATIVE_INFINITY, POSITIVE_INFINITY, NaN: notANumber } = Number;

const inFull: readonly Case[] = [
  ...reductionCases(logSumExp, options),
  ...partCases(logSumExpOp, (part) => part, options),
  reductionCase("far apart", [3, 4], (x) => logSumExp(x, { axes: 1 }), {
    fill: { kind: "normal", scale: 200 },
  }),
  valuesCase("huge", [3e38, -3e38, 0, 88, 1e4, 3e38, 3e38], logSumExp),
  valuesCase("hugely negative", [-3e38, -3.4e38, -3.4028234663852886e38], logSumExp),
  valuesCase("masked by −∞", [1, NEGATIVE_INFINITY, 2, NEGATIVE_INFINITY, 0.5], logSumExp),
  valuesCase("all −∞", Array<number>(7).fill(NEGATIVE_INFINITY), logSumExp),
  valuesCase("∞", [1, POSITIVE_INFINITY, 2, 3, 4, POSITIVE_INFINITY, NEGATIVE_INFINITY], logSumExp),
  valuesCase("a NaN", [1, notANumber, 2, 3, 4, 5], logSumExp),
];

export const cases: CaseList = {
  op: "logSumExp",
  cases: [...inFull, ...someInHalf(inFull, ["rows", "columns of whole vectors"])],
  random: (draw) => randomReduction(draw, logSumExp, options),
};
