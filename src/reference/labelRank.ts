import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { rowsOf } from "./rows.ts";

export const reference: Reference<null> = (inputs) => {
  const labels = input(inputs, 1).data;
  const ranks = rowsOf(input(inputs, 0)).map((row, index) => {
    const places = Array.from(row, (_, place) => place);
    const value = (place: number): number => {
      const logit = at(row, place);
      return Number.isNaN(logit) ? Number.POSITIVE_INFINITY : logit;
    };
    const nan = (place: number): number => Number(Number.isNaN(row[place]));
    // Sorting keeps the order of equals.
    const sorted = places.sort((a, b) => {
      if (nan(a) !== nan(b)) return nan(b) - nan(a);
      return value(a) === value(b) ? 0 : value(b) - value(a);
    });
    const rank = sorted.indexOf(at(labels, index));
    return rank < 0 ? row.length : rank;
  });
  return [Float64Array.from(ranks)];
};
