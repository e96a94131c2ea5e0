import type { MomentumAttributes } from "../ops/momentum.ts";
import { updateEach } from "./optimizer.ts";
import type { Reference } from "./reference.ts";

export const reference: Reference<MomentumAttributes> = (inputs, attributes, { step }) => {
  const { momentum, form, nesterov, weightDecay } = attributes;
  const mix = (velocity: number, gradient: number) =>
    momentum * velocity + (form === "average" ? (1 - momentum) * gradient : gradient);
  return updateEach(inputs, ({ gradient, parameter, moments, learningRateScale, weightDecayScale }) => {
    const decayed = gradient + weightDecay * weightDecayScale * parameter;
    if (form === "step") {
      const pull = step.learningRate * learningRateScale * decayed;
      const next = momentum * (moments[0] ?? Number.NaN) - pull;
      return [parameter + (nesterov ? momentum * next - pull : next), next];
    }
    const velocity = mix(moments[0] ?? Number.NaN, decayed);
    const direction = nesterov ? mix(velocity, decayed) : velocity;
    return [parameter - step.learningRate * learningRateScale * direction, velocity];
  });
};
