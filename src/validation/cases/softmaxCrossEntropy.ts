import { softmaxCrossEntropy } from "../../ops/softmaxCrossEntropy.ts";
import type { CaseList } from "../case.ts";
import { anyLabelled, labelledCases } from "../kit/labelled.ts";

export const cases: CaseList = {
  op: "softmaxCrossEntropy",
  cases: labelledCases(softmaxCrossEntropy),
  random: (draw) => anyLabelled(draw, softmaxCrossEntropy),
};
