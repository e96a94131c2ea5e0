import { conv2dInputGradient } from "../../src/ops/conv2dInputGradient.ts";
import type { CaseList } from "../support/case.ts";
import { convolutions } from "../support/convolutions.ts";
import { need } from "../support/shapes.ts";

export const cases: CaseList = {
  op: "conv2dInputGradient",
  cases: convolutions.map(({ name, result, weights, attributes, gradient }) => {
    const [height = 1, width = 1, , filters = 1] = weights;
    return {
      name,
      inputs: [{ shape: result }, { shape: weights }],
      build: ([dy, own]) => conv2dInputGradient(need(dy), need(own), attributes),
      tolerance: { kind: "reduction", terms: height * width * filters },
      ...gradient,
    };
  }),
};
