import { weightedCrossEntropy } from "../../ops/weightedCrossEntropy.ts";
import type { CaseList } from "../case.ts";
import { randomLabelCase, weightedLabelCases } from "../kit/weighted_labels.ts";

export const cases: CaseList = {
  op: "weightedCrossEntropy",
  cases: weightedLabelCases(weightedCrossEntropy),
  random: (draw) => randomLabelCase(draw, weightedCrossEntropy),
};
