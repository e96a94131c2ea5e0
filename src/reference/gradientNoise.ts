import { philox } from "../kernels/philox.ts";
import type { GradientNoiseAttributes } from "../ops/gradientNoise.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<GradientNoiseAttributes> = (inputs, { eta, gamma, stream }, { step }) => {
  const used = input(inputs, 1).data;
  const deviation = Math.sqrt(eta / (1 + step.index) ** gamma);
  return [
    Float64Array.from(input(inputs, 0).data, (gradient, index) => {
      if (index % 64 >= at(used, Math.floor(index / 64))) return gradient;
      const words = philox([Math.floor(index / 4), step.index, stream, 3], [step.seedLow, step.seedHigh]);
      const [radiusWord, angleWord] = index % 4 < 2 ? [words[0], words[1]] : [words[2], words[3]];
      const radius = Math.sqrt(-2 * Math.log((radiusWord + 1) / 2 ** 32));
      const angle = (2 * Math.PI * angleWord) / 2 ** 32;
      return gradient + deviation * radius * (index % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
    }),
  ];
};
