import { correct } from "../../ops/correct.ts";
import type { CaseList } from "../case.ts";
import { labelledCases } from "../kit/labelled.ts";

export const cases: CaseList = {
  op: "correct",
  cases: labelledCases(correct).map((single) => ({
    ...single,
    tolerance: { kind: "exact" },
    gradient: "skip: not differentiable",
  })),
};
