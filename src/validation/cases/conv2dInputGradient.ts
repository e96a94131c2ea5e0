import { conv2dInputGradient } from "../../ops/conv2dInputGradient.ts";
import type { Case, CaseList } from "../case.ts";
import type { Convolution } from "../kit/convolutions.ts";
import {
  convolutions,
  groupedConvolutions,
  halfConvolutions,
  randomConvolution,
} from "../kit/convolutions.ts";
import { someInHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

function inputGradientCase({ name, result, weights, attributes, gradient }: Convolution): Case {
  const [height = 1, width = 1, , filters = 1] = weights;
  const { groups = 1 } = attributes;
  return {
    name,
    inputs: [{ shape: result }, { shape: weights }],
    build: ([dy, own]) => conv2dInputGradient(need(dy), need(own), attributes),
    tolerance: { kind: "reduction", terms: (height * width * filters) / groups },
    ...gradient,
  };
}

const inFull = [...convolutions, ...groupedConvolutions].map(inputGradientCase);

export const cases: CaseList = {
  op: "conv2dInputGradient",
  cases: [...inFull, ...someInHalf(inFull, halfConvolutions)],
  random: (draw) => inputGradientCase(randomConvolution(draw)),
};
