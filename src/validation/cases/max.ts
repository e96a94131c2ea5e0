import { max, maxOp } from "../../ops/max.ts";
import type { Case, CaseList } from "../case.ts";
import { valuesCase } from "../kit/extremes.ts";
import { someInHalf } from "../kit/half.ts";
import { exact, partCases, randomReduction, reductionCase, reductionCases } from "../kit/reductions.ts";

const options = { fill: { kind: "distinct" }, tolerance: exact } as const;
const { NEGATIVE_INFINITY, POSITIVE_INFINITY, NaN: notANumber } = Number;

const inFull: readonly Case[] = [
  ...reductionCases(max, options),
  ...partCases(maxOp, (part) => part, options),
  {
    ...reductionCase("ties", [11, 6], (x) => max(x, { axes: 1 }), { gradient: "skip: not differentiable" }),
    inputs: [{ shape: [11, 6], dtype: "f32", fill: { kind: "indices", below: 3 } }],
  },
  valuesCase("all negative", [-3e38, -1, -1e-30, -7], max),
  valuesCase("0 and −0", [-0, 0], max),
  valuesCase("infinities", [NEGATIVE_INFINITY, -1, POSITIVE_INFINITY], max),
  valuesCase("only −∞", [NEGATIVE_INFINITY], max),
  valuesCase("only ∞", [POSITIVE_INFINITY], max),
  valuesCase("a NaN", [1, notANumber, POSITIVE_INFINITY, 3, NEGATIVE_INFINITY], max),
];

export const cases: CaseList = {
  op: "max",
  cases: [...inFull, ...someInHalf(inFull, ["rows", "columns of whole vectors"])],
  random: (draw) => randomReduction(draw, max, options),
};
