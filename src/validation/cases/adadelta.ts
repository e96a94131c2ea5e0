import { adadelta } from "../../ops/adadelta.ts";
import { optimizerCases } from "../kit/optimizers.ts";
import { need } from "../kit/shapes.ts";

const plain = { rho: 0.95, epsilon: 1e-6, weightDecay: 0 };

export const cases = optimizerCases(
  "adadelta",
  ["positive", "positive"],
  { plain, "weight decay": { rho: 0.9, epsilon: 0.5, weightDecay: 0.1 } },
  ([gradients, segments, parameters, m0, m1], attributes) =>
    adadelta(need(gradients), need(segments), need(parameters), need(m0), need(m1), attributes),
);
