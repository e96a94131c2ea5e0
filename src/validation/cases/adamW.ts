import { adamW } from "../../ops/adamW.ts";
import { optimizerCases } from "../kit/optimizers.ts";
import { need } from "../kit/shapes.ts";

const plain = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

export const cases = optimizerCases(
  "adamW",
  ["signed", "positive"],
  { plain, "weight decay": { ...plain, weightDecay: 0.1 }, "large epsilon": { ...plain, epsilon: 1 } },
  ([gradients, segments, parameters, firstMoment, secondMoment], attributes) =>
    adamW(
      need(gradients),
      need(segments),
      need(parameters),
      need(firstMoment),
      need(secondMoment),
      attributes,
    ),
);
