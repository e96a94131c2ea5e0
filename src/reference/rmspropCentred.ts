import type { RmspropMomentumAttributes } from "../ops/rmspropMomentum.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<RmspropMomentumAttributes> = (inputs, attributes, { step }) => {
  const { smoothing, epsilon, epsilonInside, weightDecay, momentum } = attributes;
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const [square = Number.NaN, average = Number.NaN, velocity = Number.NaN] = moments;
    const rate = step.learningRate * learningRateScale;
    const pull = weightDecay * weightDecayScale * parameter;
    const g = gradient + pull;
    const mean = smoothing * square + (1 - smoothing) * g ** 2;
    const centre = smoothing * average + (1 - smoothing) * g;
    const spread = Math.max(mean - centre ** 2, 0);
    const root = epsilonInside ? Math.sqrt(spread + epsilon) : Math.sqrt(spread) + epsilon;
    const next = momentum * velocity + g / root;
    return [parameter - rate * next, mean, centre, next];
  });
};
