import { logSoftmax } from "../../ops/logSoftmax.ts";
import type { CaseList } from "../case.ts";
import { randomSoftmax, softmaxCases } from "../kit/softmaxes.ts";

export const cases: CaseList = {
  op: "logSoftmax",
  cases: softmaxCases(logSoftmax),
  random: (draw) => randomSoftmax(draw, logSoftmax),
};
