import type { AdadeltaAttributes } from "../ops/adadelta.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<AdadeltaAttributes> = (inputs, attributes, { step }) => {
  const { rho, epsilon, weightDecay } = attributes;
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const [square = Number.NaN, steps = Number.NaN] = moments;
    const rate = step.learningRate * learningRateScale;
    const pull = weightDecay * weightDecayScale * parameter;
    const g = gradient + pull;
    const mean = rho * square + (1 - rho) * g ** 2;
    const delta = (Math.sqrt(steps + epsilon) / Math.sqrt(mean + epsilon)) * g;
    return [parameter - rate * delta, mean, rho * steps + (1 - rho) * delta ** 2];
  });
};
