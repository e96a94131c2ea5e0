import { conv2dInputGradient } from "../../ops/conv2dInputGradient.ts";
import type { CaseList } from "../case.ts";
import { convolutions } from "../kit/convolutions.ts";
import { need } from "../kit/shapes.ts";

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
