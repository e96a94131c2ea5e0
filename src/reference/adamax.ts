import type { AdaptiveAttributes } from "../ops/adam.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<AdaptiveAttributes> = (inputs, attributes, { step }) => {
  const { beta1, beta2, epsilon, weightDecay, decoupled } = attributes;
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const [first = Number.NaN, norm = Number.NaN] = moments;
    const rate = step.learningRate * learningRateScale;
    const pull = weightDecay * weightDecayScale * parameter;
    const g = decoupled ? gradient : gradient + pull;
    const mean = beta1 * first + (1 - beta1) * g;
    const largest = Math.max(beta2 * norm, Math.abs(g) + epsilon);
    const direction = (mean * step.coefficient1) / largest;
    const decayed = decoupled ? parameter - rate * pull : parameter;
    return [decayed - rate * direction, mean, largest];
  });
};
