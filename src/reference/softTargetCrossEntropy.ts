import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { logSumExp, rowsOf } from "./rows.ts";

export const reference: Reference<null> = (inputs) => {
  const targets = rowsOf(input(inputs, 1));
  const losses = rowsOf(input(inputs, 0)).map((row, index) => {
    const whole = logSumExp(row);
    const shares = Array.from(targets[index] ?? []);
    return shares.reduce((sum, share, column) => sum + share * (whole - at(row, column)), 0);
  });
  return [Float64Array.from(losses)];
};
