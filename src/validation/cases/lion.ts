import { lion } from "../../ops/lion.ts";
import { optimizerCases } from "../kit/optimizers.ts";
import { need } from "../kit/shapes.ts";

const plain = { beta1: 0.9, beta2: 0.99, weightDecay: 0, decoupled: true };

export const cases = optimizerCases(
  "lion",
  ["signed"],
  {
    plain,
    decoupled: { ...plain, weightDecay: 0.1 },
    "weight decay": { ...plain, weightDecay: 0.1, decoupled: false },
  },
  ([gradients, segments, parameters, m0], attributes) =>
    lion(need(gradients), need(segments), need(parameters), need(m0), attributes),
);
