import type { Tensor } from "../../graph/tensor.ts";
import type { SmoothedLabels } from "../../ops/labels.ts";
import { weightedCrossEntropy } from "../../ops/weightedCrossEntropy.ts";
import { weightedCrossEntropyGradient } from "../../ops/weightedCrossEntropyGradient.ts";
import type { CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";
import { randomLabelCase, weightedLabelCases } from "../kit/weighted_labels.ts";

function apply(logits: Tensor, labels: Tensor, classWeights: Tensor, attributes: SmoothedLabels): Tensor {
  const [, , total, shift] = weightedCrossEntropy(logits, labels, classWeights, attributes);
  return weightedCrossEntropyGradient([logits, labels, classWeights, need(total), need(shift)], attributes);
}

export const cases: CaseList = {
  op: "weightedCrossEntropyGradient",
  cases: weightedLabelCases(apply),
  random: (draw) => randomLabelCase(draw, apply),
};
