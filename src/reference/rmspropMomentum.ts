import type { RmspropMomentumAttributes } from "../ops/rmspropMomentum.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<RmspropMomentumAttributes> = (inputs, attributes, { step }) => {
  const { smoothing, epsilon, epsilonInside, weightDecay, momentum } = attributes;
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const [square = Number.NaN, velocity = Number.NaN] = moments;
    const rate = step.learningRate * learningRateScale;
    const pull = weightDecay * weightDecayScale * parameter;
    const g = gradient + pull;
    const mean = smoothing * square + (1 - smoothing) * g ** 2;
    const root = epsilonInside ? Math.sqrt(mean + epsilon) : Math.sqrt(mean) + epsilon;
    const next = momentum * velocity + g / root;
    return [parameter - rate * next, mean, next];
  });
};
