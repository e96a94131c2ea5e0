import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { concatenate, rowsOf, softmaxRow } from "./rows.ts";

export const reference: Reference<null> = (inputs) => {
  const labels = input(inputs, 1);
  const gradients = rowsOf(input(inputs, 0)).map((row, index) => {
    const label = at(labels.data, index);
    if (label >= row.length) return row.fill(0);
    return softmaxRow(row).map((probability, column) => probability - (column === label ? 1 : 0));
  });
  return [concatenate(gradients)];
};
