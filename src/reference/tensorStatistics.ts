import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";
import { partsOfBlock, rowsOf, tallyOf } from "./tally.ts";

export const reference: Reference<null> = (inputs) => {
  const parts = rowsOf(input(inputs, inputs.length - 1)).flatMap(([number = 0, run = 0, , elements = 0]) =>
    partsOfBlock(input(inputs, number), 16 * run, elements).flatMap(tallyOf),
  );
  return [Float64Array.from(parts)];
};
