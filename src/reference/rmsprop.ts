import type { RmspropAttributes } from "../ops/rmsprop.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<RmspropAttributes> = (inputs, attributes, { step }) => {
  const { smoothing, epsilon, epsilonInside, weightDecay } = attributes;
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const [square = Number.NaN] = moments;
    const rate = step.learningRate * learningRateScale;
    const pull = weightDecay * weightDecayScale * parameter;
    const g = gradient + pull;
    const mean = smoothing * square + (1 - smoothing) * g ** 2;
    const root = epsilonInside ? Math.sqrt(mean + epsilon) : Math.sqrt(mean) + epsilon;
    return [parameter - (rate * g) / root, mean];
  });
};
