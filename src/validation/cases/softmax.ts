import { softmax } from "../../ops/softmax.ts";
import type { CaseList } from "../case.ts";
import { randomSoftmax, softmaxCases } from "../kit/softmaxes.ts";

export const cases: CaseList = {
  op: "softmax",
  cases: softmaxCases(softmax),
  random: (draw) => randomSoftmax(draw, softmax),
};
