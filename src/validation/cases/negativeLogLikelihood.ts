import type { Tensor } from "../../graph/tensor.ts";
import { record } from "../../graph/tensor.ts";
import type { WeightedLabels } from "../../ops/labels.ts";
import { negativeLogLikelihood, negativeLogLikelihoodOp } from "../../ops/negativeLogLikelihood.ts";
import type { Case, CaseList } from "../case.ts";
import { labelledCases } from "../kit/labelled.ts";
import { reductions } from "../kit/losses.ts";
import { need } from "../kit/shapes.ts";
import { classWeights, randomLabelCase } from "../kit/weighted_labels.ts";

const apply = (x: Tensor, labels: Tensor, weights: Tensor, { ignoreIndex }: WeightedLabels) =>
  record(negativeLogLikelihoodOp, [x, labels, weights], { ignoreIndex });

export const cases: CaseList = {
  op: "negativeLogLikelihood",
  cases: [
    ...labelledCases((x, labels) => apply(x, labels, classWeights(x.shape[1] ?? 1), { ignoreIndex: 3 })),
    ...reductions.map(
      (reduction): Case => ({
        name: `pixels, ${reduction}`,
        inputs: [{ shape: [2, 3, 2, 5] }, { shape: [2, 3, 2], fill: { kind: "indices", below: 5 } }],
        build: ([x, y]) => negativeLogLikelihood(need(x), need(y), { reduction, ignoreIndex: 2 }),
      }),
    ),
  ],
  random: (draw) => randomLabelCase(draw, apply),
};
