import type { LionAttributes } from "../ops/lion.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<LionAttributes> = (inputs, attributes, { step }) => {
  const { beta1, beta2, weightDecay, decoupled } = attributes;
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const [first = Number.NaN] = moments;
    const rate = step.learningRate * learningRateScale;
    const pull = weightDecay * weightDecayScale * parameter;
    const g = decoupled ? gradient : gradient + pull;
    const direction = Math.sign(beta1 * first + (1 - beta1) * g);
    const decayed = decoupled ? parameter - rate * pull : parameter;
    return [decayed - rate * direction, beta2 * first + (1 - beta2) * g];
  });
};
