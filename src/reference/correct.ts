import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { placeOfLargest, rowsOf } from "./rows.ts";

export const reference: Reference<null> = (inputs) => {
  const labels = input(inputs, 1);
  const right = rowsOf(input(inputs, 0)).map((row, index) => placeOfLargest(row) === at(labels.data, index));
  return [Float64Array.from(right, Number)];
};
