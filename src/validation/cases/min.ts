import { min, minOp } from "../../ops/min.ts";
import type { Case, CaseList } from "../case.ts";
import { valuesCase } from "../kit/extremes.ts";
import { someInHalf } from "../kit/half.ts";
import { exact, partCases, randomReduction, reductionCase, reductionCases } from "../kit/reductions.ts";

const options = { fill: { kind: "distinct" }, tolerance: exact } as const;
const { NEGATIVE_INFINITY, POSITIVE_INFINITY, NaN: notANumber } = Number;

const inFull: readonly Case[] = [
  ...reductionCases(min, options),
  ...partCases(minOp, (part) => part, options),
  {
    ...reductionCase("ties", [11, 6], (x) => min(x, { axes: 1 }), { gradient: "skip: not differentiable" }),
    inputs: [{ shape: [11, 6], dtype: "f32", fill: { kind: "indices", below: 3 } }],
  },
  valuesCase("all positive", [3e38, 1, 1e-30, 7], min),
  valuesCase("0 and −0", [-0, 0], min),
  valuesCase("infinities", [NEGATIVE_INFINITY, -1, POSITIVE_INFINITY], min),
  valuesCase("only −∞", [NEGATIVE_INFINITY], min),
  valuesCase("only ∞", [POSITIVE_INFINITY], min),
  valuesCase("a NaN", [1, notANumber, POSITIVE_INFINITY, 3, NEGATIVE_INFINITY], min),
];

export const cases: CaseList = {
  op: "min",
  cases: [...inFull, ...someInHalf(inFull, ["rows", "columns of whole vectors"])],
  random: (draw) => randomReduction(draw, min, options),
};
