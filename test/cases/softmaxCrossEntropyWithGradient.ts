import { record } from "../../src/graph/tensor.ts";
import { softmaxCrossEntropyWithGradientOp } from "../../src/ops/softmaxCrossEntropyWithGradient.ts";
import type { CaseList } from "../support/case.ts";
import { labelledCases } from "../support/labelled.ts";

const both = labelledCases((logits, labels) =>
  record(softmaxCrossEntropyWithGradientOp, [logits, labels], null),
);

export const cases: CaseList = {
  op: "softmaxCrossEntropyWithGradient",
  cases: both.map((single) => ({ ...single, gradient: "skip: not differentiable" })),
};
