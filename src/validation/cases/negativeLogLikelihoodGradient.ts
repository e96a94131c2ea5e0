import type { Tensor } from "../../graph/tensor.ts";
import { negativeLogLikelihoodGradient } from "../../ops/negativeLogLikelihoodGradient.ts";
import { reshape } from "../../ops/reshape.ts";
import { sum } from "../../ops/sum.ts";
import type { CaseList } from "../case.ts";
import { labelledCases } from "../kit/labelled.ts";
import { classWeights, randomLabelCase } from "../kit/weighted_labels.ts";

/** A value for each row: its sum. */
const rows = (x: Tensor) => reshape(sum(x, { axes: -1 }), [-1]);

export const cases: CaseList = {
  op: "negativeLogLikelihoodGradient",
  cases: labelledCases((x, labels) =>
    negativeLogLikelihoodGradient(rows(x), labels, classWeights(x.shape[1] ?? 1), { ignoreIndex: 3 }),
  ),
  random: (draw) =>
    randomLabelCase(draw, (x, labels, weights, { ignoreIndex }) =>
      negativeLogLikelihoodGradient(rows(x), labels, weights, { ignoreIndex }),
    ),
};
