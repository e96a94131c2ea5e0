import { record } from "../../graph/tensor.ts";
import { softmaxCrossEntropyWithGradientOp } from "../../ops/softmaxCrossEntropyWithGradient.ts";
import type { CaseList } from "../case.ts";
import { labelledCases } from "../kit/labelled.ts";

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
