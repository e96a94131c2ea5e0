import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<null> = (inputs) => {
  const parameters = input(inputs, 1).data;
  const penalties = input(inputs, 2).data;
  return [
    Float64Array.from(input(inputs, 0).data, (gradient, index) => {
      const block = Math.floor(index / 64);
      const theta = at(parameters, index);
      const l1 = at(penalties, 2 * block) * Math.sign(theta);
      return gradient + l1 + 2 * at(penalties, 2 * block + 1) * theta;
    }),
  ];
};
