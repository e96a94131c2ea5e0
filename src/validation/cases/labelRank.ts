import { labelRank } from "../../ops/labelRank.ts";
import type { Case, CaseList } from "../case.ts";
import { anyLabelled, labelledCases } from "../kit/labelled.ts";

const exact = (single: Case): Case => ({
  ...single,
  tolerance: { kind: "exact" },
  gradient: "skip: not differentiable",
});

export const cases: CaseList = {
  op: "labelRank",
  cases: labelledCases(labelRank).map(exact),
  random: (draw) => exact(anyLabelled(draw, labelRank)),
};
