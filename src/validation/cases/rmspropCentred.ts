import { rmspropCentred } from "../../ops/rmspropCentred.ts";
import { optimizerCases } from "../kit/optimizers.ts";
import { need } from "../kit/shapes.ts";

const plain = { smoothing: 0.9, epsilon: 1e-8, epsilonInside: false, momentum: 0.9, weightDecay: 0 };

export const cases = optimizerCases(
  "rmspropCentred",
  ["large", "small", "signed"],
  {
    plain,
    "no momentum": { ...plain, momentum: 0 },
    "ε inside": { ...plain, epsilon: 0.5, epsilonInside: true },
    "weight decay": { ...plain, epsilon: 0.5, weightDecay: 0.1 },
  },
  ([gradients, segments, parameters, m0, m1, m2], attributes) =>
    rmspropCentred(
      need(gradients),
      need(segments),
      need(parameters),
      need(m0),
      need(m1),
      need(m2),
      attributes,
    ),
);
