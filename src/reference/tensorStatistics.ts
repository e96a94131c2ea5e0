import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";
import { elementsOf, rowsOf, tallyOf } from "./tally.ts";

export const reference: Reference<null> = (inputs) => {
  const parts = rowsOf(input(inputs, inputs.length - 1)).flatMap(([number = 0, first = 0, , elements = 0]) =>
    tallyOf(elementsOf(input(inputs, number), 4 * first, elements)),
  );
  return [Float64Array.from(parts)];
};
