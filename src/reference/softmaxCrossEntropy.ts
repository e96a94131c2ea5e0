import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { logSumExp, rowsOf } from "./rows.ts";

export const reference: Reference<null> = (inputs) => {
  const labels = input(inputs, 1);
  const losses = rowsOf(input(inputs, 0)).map((row, index) => {
    const label = at(labels.data, index);
    return label < row.length ? logSumExp(row) - at(row, label) : 0;
  });
  return [Float64Array.from(losses)];
};
