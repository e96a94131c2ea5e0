import { correct } from "../../src/ops/correct.ts";
import type { CaseList } from "../support/case.ts";
import { labelledCases } from "../support/labelled.ts";

export const cases: CaseList = {
  op: "correct",
  cases: labelledCases(correct).map((single) => ({
    ...single,
    tolerance: { kind: "exact" },
    gradient: "skip: not differentiable",
  })),
};
