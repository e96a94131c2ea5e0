import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";
import { elementsOf, partsOfBlock, rootMeanSquare, rowsOf, tallyOf } from "./tally.ts";

export const reference: Reference<null> = (inputs) => {
  const [gradients, parameters, table, previous] = [0, 1, 2, 3].map((index) => input(inputs, index));
  if (!gradients || !parameters || !table || !previous) throw new Error("internal: parameterStatistics");
  const copy = Float64Array.from(previous.data);
  const parts = rowsOf(table).flatMap(([run = 0, , elements = 0]) => {
    const first = 16 * run;
    // A last run is copied whole.
    copy.set(elementsOf(parameters, first, 16 * Math.ceil(elements / 16)), first);
    const [slopes, before, after] = [gradients, previous, parameters].map((tensor) =>
      partsOfBlock(tensor, first, elements),
    );
    return (slopes ?? []).flatMap((slope, part) => {
      const was = before?.[part] ?? [];
      const update = (after?.[part] ?? []).map((value, index) => value - (was[index] ?? 0));
      return [...tallyOf(slope), rootMeanSquare(was), rootMeanSquare(update), 0, 0];
    });
  });
  return [copy, Float64Array.from(parts)];
};
