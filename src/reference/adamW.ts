import type { AdamAttributes } from "../ops/adam.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<AdamAttributes> = (inputs, attributes, { step }) => {
  const { beta1, beta2, epsilon, weightDecay } = attributes;
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const [first = Number.NaN, second = Number.NaN] = moments;
    const rate = step.learningRate * learningRateScale;
    const decayed = parameter - rate * weightDecay * weightDecayScale * parameter;
    const mean = beta1 * first + (1 - beta1) * gradient;
    const square = beta2 * second + (1 - beta2) * gradient ** 2;
    const root = Math.sqrt(square * step.coefficient2);
    return [decayed - (rate * mean * step.coefficient1) / (root + epsilon), mean, square];
  });
};
