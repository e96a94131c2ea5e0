import type { SmoothedLabels } from "../ops/labels.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { logSumExp, rowsOf } from "./rows.ts";

export const reference: Reference<SmoothedLabels> = (inputs, { labelSmoothing, ignoreIndex }) => {
  const labels = input(inputs, 1).data;
  const weights = input(inputs, 2).data;
  const results = rowsOf(input(inputs, 0)).map((row, index) => {
    const label = at(labels, index);
    const [largest, whole] = [Math.max(...row), logSumExp(row)];
    const shift = [largest, whole - largest];
    if (label >= row.length || label === ignoreIndex) return { loss: 0, weight: 0, total: 0, shift };
    const weight = at(weights, label);
    const factors = Array.from(
      row,
      (_, column) =>
        (column === label ? (1 - labelSmoothing) * weight : 0) +
        (labelSmoothing / row.length) * at(weights, column),
    );
    const terms = factors.map((factor, column) => (factor === 0 ? 0 : factor * (whole - at(row, column))));
    return { loss: sum(terms), weight, total: sum(factors), shift };
  });
  return [
    Float64Array.from(results, ({ loss }) => loss),
    Float64Array.from(results, ({ weight }) => weight),
    Float64Array.from(results, ({ total }) => total),
    Float64Array.from(results.flatMap(({ shift }) => shift)),
  ];
};

const sum = (terms: readonly number[]) => terms.reduce((total, term) => total + term, 0);
