import { softmaxCrossEntropyGradient } from "../../ops/softmaxCrossEntropyGradient.ts";
import type { CaseList } from "../case.ts";
import { anyLabelled, labelledCases } from "../kit/labelled.ts";

export const cases: CaseList = {
  op: "softmaxCrossEntropyGradient",
  cases: labelledCases(softmaxCrossEntropyGradient),
  random: (draw) => anyLabelled(draw, softmaxCrossEntropyGradient),
};
