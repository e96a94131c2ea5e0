import { lambDirection } from "../../ops/lambDirection.ts";
import type { FlatSetting } from "../kit/flat_updates.ts";
import { flatUpdateCases, positiveInput, segmentsInput } from "../kit/flat_updates.ts";
import { need } from "../kit/shapes.ts";

const setting = (weightDecay: number, epsilon: number): FlatSetting => ({
  step: { coefficient1: 2.5, coefficient2: 40 },
  inputs: (length) => {
    const flat = { shape: [length] };
    return [flat, segmentsInput(length), flat, flat, positiveInput(length)];
  },
  build: ([gradients, segments, parameters, first, second]) =>
    lambDirection(need(gradients), need(segments), need(parameters), need(first), need(second), {
      beta1: 0.9,
      beta2: 0.999,
      epsilon,
      weightDecay,
    }),
});

export const cases = flatUpdateCases(
  "lambDirection",
  [
    ["plain", setting(0, 1e-6)],
    ["weight decay", setting(0.1, 1e-6)],
    ["large epsilon", setting(0.01, 1)],
  ],
  { sizes: [64, 256, 64 * 67], block: 64 },
);
