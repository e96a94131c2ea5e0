import type { MovingAverageAttributes } from "../ops/movingAverage.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<MovingAverageAttributes> = (inputs, { decay, warmUp }, { step }) => {
  const early = (1 + step.index) / (10 + step.index);
  const kept = warmUp ? Math.min(decay, early) : decay;
  const values = input(inputs, 0).data;
  const average = Float64Array.from(input(inputs, 1).data);
  return [average.map((old, index) => kept * old + (1 - kept) * at(values, index))];
};
