import { adagrad } from "../../ops/adagrad.ts";
import { optimizerCases } from "../kit/optimizers.ts";
import { need } from "../kit/shapes.ts";

const plain = { epsilon: 1e-10, weightDecay: 0 };

export const cases = optimizerCases(
  "adagrad",
  ["positive"],
  { plain, "weight decay": { epsilon: 0.5, weightDecay: 0.1 } },
  ([gradients, segments, parameters, m0], attributes) =>
    adagrad(need(gradients), need(segments), need(parameters), need(m0), attributes),
);
