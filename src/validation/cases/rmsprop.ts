import { rmsprop } from "../../ops/rmsprop.ts";
import { optimizerCases } from "../kit/optimizers.ts";
import { need } from "../kit/shapes.ts";

const plain = { smoothing: 0.9, epsilon: 1e-8, epsilonInside: false, weightDecay: 0 };

export const cases = optimizerCases(
  "rmsprop",
  ["positive"],
  {
    plain,
    "ε inside": { ...plain, epsilon: 0.5, epsilonInside: true },
    "weight decay": { ...plain, epsilon: 0.5, weightDecay: 0.1 },
  },
  ([gradients, segments, parameters, m0], attributes) =>
    rmsprop(need(gradients), need(segments), need(parameters), need(m0), attributes),
);
