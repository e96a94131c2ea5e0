import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference = (inputs) => {
  const x = input(inputs, 0).data;
  return [Float64Array.from(input(inputs, 1).data, (index) => at(x, index))];
};
