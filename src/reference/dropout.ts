import { philox, uniform01 } from "../kernels/philox.ts";
import type { DropoutAttributes } from "../ops/dropout.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<DropoutAttributes> = (inputs, { rate, stream }, { step }) => {
  const { data } = input(inputs, 0);
  // The parameter that the kernel compares with is an f32.
  const threshold = Math.fround(rate);
  const key = [step.seedLow, step.seedHigh] as const;
  const out = Float64Array.from({ length: data.length }, (_, index) => {
    const words = philox([Math.floor(index / 4), step.index, stream, 1], key);
    const dropped = uniform01(words[index % 4] ?? 0) < threshold;
    return dropped ? 0 : at(data, index) / (1 - rate);
  });
  return [out];
};
