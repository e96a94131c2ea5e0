import { radam } from "../../ops/radam.ts";
import { optimizerCases } from "../kit/optimizers.ts";
import { need } from "../kit/shapes.ts";

const plain = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, decoupled: false };

export const cases = optimizerCases(
  "radam",
  ["signed", "positive"],
  {
    plain,
    "weight decay": { ...plain, weightDecay: 0.1 },
    decoupled: { ...plain, epsilon: 0.5, weightDecay: 0.1, decoupled: true },
  },
  ([gradients, segments, parameters, m0, m1], attributes) =>
    radam(need(gradients), need(segments), need(parameters), need(m0), need(m1), attributes),
);
