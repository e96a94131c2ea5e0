import { sgd } from "../../src/ops/sgd.ts";
import { optimizerCases } from "../support/optimizers.ts";
import { need } from "../support/shapes.ts";

export const cases = optimizerCases(
  "sgd",
  [],
  { plain: { weightDecay: 0 }, "weight decay": { weightDecay: 0.1 } },
  ([gradients, segments, parameters], attributes) =>
    sgd(need(gradients), need(segments), need(parameters), attributes),
);
