import type { SmoothedLabels } from "../ops/labels.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { concatenate, rowsOf, softmaxRow } from "./rows.ts";

/** From logits, labels and weights alone: what the kernel is given of each row follows from them. */
export const reference: Reference<SmoothedLabels> = (inputs, { labelSmoothing, ignoreIndex }) => {
  const labels = input(inputs, 1).data;
  const weights = input(inputs, 2).data;
  const rows = rowsOf(input(inputs, 0)).map((row, index) => {
    const label = at(labels, index);
    if (label >= row.length || label === ignoreIndex) return row.map(() => 0);
    const factors = row.map((_, column) => {
      const share = labelSmoothing / row.length + (column === label ? 1 - labelSmoothing : 0);
      return share * at(weights, column);
    });
    const total = factors.reduce((sum, factor) => sum + factor, 0);
    return softmaxRow(row).map((share, column) => total * share - at(factors, column));
  });
  return [concatenate(rows)];
};
