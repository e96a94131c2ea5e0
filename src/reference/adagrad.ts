import type { AdagradAttributes } from "../ops/adagrad.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<AdagradAttributes> = (inputs, attributes, { step }) => {
  const { epsilon, weightDecay } = attributes;
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const [sum = Number.NaN] = moments;
    const rate = step.learningRate * learningRateScale;
    const pull = weightDecay * weightDecayScale * parameter;
    const g = gradient + pull;
    const total = sum + g ** 2;
    return [parameter - (rate * g) / (Math.sqrt(total) + epsilon), total];
  });
};
