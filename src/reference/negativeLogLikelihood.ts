import type { WeightedLabels } from "../ops/labels.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { rowsOf } from "./rows.ts";

export const reference: Reference<WeightedLabels> = (inputs, { ignoreIndex }) => {
  const labels = input(inputs, 1).data;
  const weights = input(inputs, 2).data;
  const rows = rowsOf(input(inputs, 0));
  const weightOf = (label: number) =>
    label < weights.length && label !== ignoreIndex ? at(weights, label) : 0;
  const own = rows.map((_, index) => weightOf(at(labels, index)));
  const losses = rows.map((row, index) => {
    const label = at(labels, index);
    return label < row.length && label !== ignoreIndex ? -(own[index] ?? 0) * at(row, label) : 0;
  });
  return [Float64Array.from(losses), Float64Array.from(own)];
};
