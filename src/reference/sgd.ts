import type { WeightDecayAttributes } from "../ops/optimizer.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<WeightDecayAttributes> = (inputs, { weightDecay }, { step }) =>
  updateEach(inputs, ({ gradient, parameter, learningRateScale, weightDecayScale }) => {
    const decayed = gradient + weightDecay * weightDecayScale * parameter;
    return [parameter - step.learningRate * learningRateScale * decayed];
  });
