import type { AdaptiveAttributes } from "../ops/adam.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<AdaptiveAttributes> = (inputs, attributes, { step }) => {
  const { beta1, beta2, epsilon, weightDecay, decoupled } = attributes;
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const [first = Number.NaN, second = Number.NaN, most = Number.NaN] = moments;
    const rate = step.learningRate * learningRateScale;
    const pull = weightDecay * weightDecayScale * parameter;
    const g = decoupled ? gradient : gradient + pull;
    const mean = beta1 * first + (1 - beta1) * g;
    const square = beta2 * second + (1 - beta2) * g ** 2;
    const largest = Math.max(most, square);
    const size = step.coefficient1 / (Math.sqrt(largest) + epsilon);
    const bounded = Math.min(step.coefficient3, Math.max(step.coefficient2, size));
    const decayed = decoupled ? parameter - rate * pull : parameter;
    return [decayed - rate * bounded * mean, mean, square, largest];
  });
};
