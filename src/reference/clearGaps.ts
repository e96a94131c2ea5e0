import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<null> = (inputs) => {
  const lengths = input(inputs, 1).data;
  return [
    Float64Array.from(input(inputs, 0).data, (value, index) =>
      index % 64 < at(lengths, Math.floor(index / 64)) ? value : 0,
    ),
  ];
};
