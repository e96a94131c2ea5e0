import { record } from "../../src/graph/tensor.ts";
import { softmaxCrossEntropyWithGradientOp } from "../../src/ops/softmaxCrossEntropyWithGradient.ts";
import type { CaseList } from "../support/case.ts";
import { labelledCases } from "../support/labelled.ts";

const both = (gradientScale: number) =>
  labelledCases((logits, labels) =>
    record(softmaxCrossEntropyWithGradientOp, [logits, labels], { gradientScale }),
  );

export const cases: CaseList = {
  op: "softmaxCrossEntropyWithGradient",
  cases: [
    ...both(1),
    ...both(-0.25).map((single) => ({ ...single, name: `${single.name}, gradient · −¼` })),
  ].map((single) => ({ ...single, gradient: "skip: not differentiable" })),
};
