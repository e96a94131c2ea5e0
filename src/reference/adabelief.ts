import type { AdabeliefAttributes } from "../ops/adabelief.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<AdabeliefAttributes> = (inputs, attributes, { step }) => {
  const { beta1, beta2, epsilon, weightDecay, decoupled, epsilonInside } = attributes;
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const [first = Number.NaN, second = Number.NaN] = moments;
    const rate = step.learningRate * learningRateScale;
    const pull = weightDecay * weightDecayScale * parameter;
    const g = decoupled ? gradient : gradient + pull;
    const mean = beta1 * first + (1 - beta1) * g;
    const spread = beta2 * second + (1 - beta2) * (g - mean) ** 2 + (epsilonInside ? epsilon : 0);
    const direction = (mean * step.coefficient1) / (Math.sqrt(spread * step.coefficient2) + epsilon);
    const decayed = decoupled ? parameter - rate * pull : parameter;
    return [decayed - rate * direction, mean, spread];
  });
};
