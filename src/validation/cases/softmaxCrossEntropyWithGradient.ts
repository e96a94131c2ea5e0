import type { Tensor } from "../../graph/tensor.ts";
import { record } from "../../graph/tensor.ts";
import { softmaxCrossEntropyWithGradientOp } from "../../ops/softmaxCrossEntropyWithGradient.ts";
import type { Case, CaseList } from "../case.ts";
import { anyLabelled, labelledCases } from "../kit/labelled.ts";

const both = (gradientScale: number) => (logits: Tensor, labels: Tensor) =>
  record(softmaxCrossEntropyWithGradientOp, [logits, labels], { gradientScale });

const undifferentiable = (single: Case): Case => ({ ...single, gradient: "skip: not differentiable" });

export const cases: CaseList = {
  op: "softmaxCrossEntropyWithGradient",
  cases: [
    ...labelledCases(both(1)),
    ...labelledCases(both(-0.25)).map((single) => ({ ...single, name: `${single.name}, gradient · −¼` })),
  ].map(undifferentiable),
  random: (draw) => undifferentiable(anyLabelled(draw, both(draw.pick([1, -0.25])))),
};
