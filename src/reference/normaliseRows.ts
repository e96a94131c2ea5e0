import type { NormaliseRowsAttributes } from "../ops/normaliseRows.ts";
import { average, elementOr } from "./normalisation.ts";
import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";
import { concatenate, rowsOf } from "./rows.ts";

export const reference: Reference<NormaliseRowsAttributes> = (inputs, { epsilon, centred }) => {
  const rows = rowsOf(input(inputs, 0));
  const means = rows.map((row) => (centred ? average([...row]) : 0));
  const inverses = rows.map((row, index) => {
    const variance = average([...row].map((value) => (value - (means[index] ?? Number.NaN)) ** 2));
    return 1 / Math.sqrt(variance + epsilon);
  });
  const out = rows.map((row, index) =>
    row.map((value, column) => {
      const normalised = (value - (means[index] ?? Number.NaN)) * (inverses[index] ?? Number.NaN);
      return normalised * elementOr(inputs[1]?.data, column, 1) + elementOr(inputs[2]?.data, column, 0);
    }),
  );
  const pairs = rows.flatMap((row, index) => {
    const origin = centred ? (row[0] ?? Number.NaN) : 0;
    return [origin, (means[index] ?? Number.NaN) - origin];
  });
  return [concatenate(out), Float64Array.from(pairs), Float64Array.from(inverses)];
};
