import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { elementsOf, rootMeanSquare, rowsOf, tallyOf } from "./tally.ts";

export const reference: Reference<null> = (inputs) => {
  const [gradients, parameters, table, previous] = [0, 1, 2, 3].map((index) => input(inputs, index));
  if (!gradients || !parameters || !table || !previous) throw new Error("internal: parameterStatistics");
  const copy = Float64Array.from(previous.data);
  const parts = rowsOf(table).flatMap(([vector = 0, , elements = 0]) => {
    const first = 4 * vector;
    const before = elementsOf(previous, first, elements);
    const update = before.map((value, index) => at(parameters.data, first + index) - value);
    copy.set(elementsOf(parameters, first, elements), first);
    const own = [rootMeanSquare(before), rootMeanSquare(update), 0, 0];
    return [...tallyOf(elementsOf(gradients, first, elements)), ...own];
  });
  return [copy, Float64Array.from(parts)];
};
