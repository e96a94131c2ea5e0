import type { MomentumAttributes } from "../../ops/momentum.ts";
import { momentum } from "../../ops/momentum.ts";
import { optimizerCases } from "../kit/optimizers.ts";
import { need } from "../kit/shapes.ts";

const plain: MomentumAttributes = { momentum: 0.9, form: "accumulate", nesterov: false, weightDecay: 0 };

export const cases = optimizerCases<MomentumAttributes>(
  "momentum",
  ["signed"],
  {
    accumulate: plain,
    average: { ...plain, form: "average" },
    nesterov: { ...plain, nesterov: true },
    step: { ...plain, form: "step", weightDecay: 0.1 },
    "nesterov, step": { ...plain, form: "step", nesterov: true },
    "nesterov, average, weight decay": { momentum: 0.8, form: "average", nesterov: true, weightDecay: 0.1 },
  },
  ([gradients, segments, parameters, velocity], attributes) =>
    momentum(need(gradients), need(segments), need(parameters), need(velocity), attributes),
);
