import { sgd } from "../../ops/sgd.ts";
import { optimizerCases } from "../kit/optimizers.ts";
import { need } from "../kit/shapes.ts";

export const cases = optimizerCases(
  "sgd",
  [],
  { plain: { weightDecay: 0 }, "weight decay": { weightDecay: 0.1 } },
  ([gradients, segments, parameters], attributes) =>
    sgd(need(gradients), need(segments), need(parameters), attributes),
);
