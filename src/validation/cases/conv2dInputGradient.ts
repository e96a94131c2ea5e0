import { conv2dInputGradient } from "../../ops/conv2dInputGradient.ts";
import type { Case, CaseList } from "../case.ts";
import { convolutions, halfConvolutions } from "../kit/convolutions.ts";
import { someInHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

const inFull: readonly Case[] = convolutions.map(({ name, result, weights, attributes, gradient }) => {
  const [height = 1, width = 1, , filters = 1] = weights;
  return {
    name,
    inputs: [{ shape: result }, { shape: weights }],
    build: ([dy, own]) => conv2dInputGradient(need(dy), need(own), attributes),
    tolerance: { kind: "reduction", terms: height * width * filters },
    ...gradient,
  };
});

export const cases: CaseList = {
  op: "conv2dInputGradient",
  cases: [...inFull, ...someInHalf(inFull, halfConvolutions)],
};
