import { adabound } from "../../ops/adabound.ts";
import { optimizerCases } from "../kit/optimizers.ts";
import { need } from "../kit/shapes.ts";

const plain = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, decoupled: false };

export const cases = optimizerCases(
  "adabound",
  ["signed", "positive"],
  {
    plain,
    "weight decay": { ...plain, weightDecay: 0.1 },
    decoupled: { ...plain, epsilon: 0.5, weightDecay: 0.1, decoupled: true },
  },
  ([gradients, segments, parameters, m0, m1], attributes) =>
    adabound(need(gradients), need(segments), need(parameters), need(m0), need(m1), attributes),
  // Step sizes c₁ / (√v + ε) end at both bounds.
  { coefficient1: 1, coefficient2: 0.8, coefficient3: 2 },
);
