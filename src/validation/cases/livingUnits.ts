import type { Activation } from "../../ops/livingUnits.ts";
import { livingUnits, mostActivations } from "../../ops/livingUnits.ts";
import type { Ends } from "../../ops/statistics.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { repeated } from "../kit/fills.ts";
import { need } from "../kit/shapes.ts";

interface Watched {
  readonly shape: readonly number[];
  readonly ends?: Ends;
}

type Values = Fill | readonly number[];

/** Zero but for every few elements. */
const sparse = [0, 0, -0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0, 0];

const filling = (fill: Values, shape: readonly number[]): Fill =>
  "kind" in fill
    ? fill
    : repeated(
        fill,
        shape.reduce((product, size) => product * size, 1),
      );

function unitsCase(name: string, watched: readonly Watched[], fill: Values = sparse): Case {
  const counts = watched.map(({ shape }) => shape.at(-1) ?? 1);
  const firsts = counts.map((_, index) => counts.slice(0, index).reduce((sum, count) => sum + count, 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    name,
    inputs: [
      // One unit that lived before, and one past the end that no tensor has.
      { shape: [total + 1], dtype: "u32", fill: repeated([0, 0, 1, 0, 0], total + 1) },
      ...watched.map(({ shape }) => ({ shape, fill: filling(fill, shape) })),
    ],
    build: ([units, ...tensors]) => {
      const activations = watched.map(
        ({ ends = null }, index): Activation => ({
          tensor: need(tensors[index]),
          unit: firsts[index] ?? 0,
          ends,
        }),
      );
      const made = livingUnits(activations, need(units));
      return [made.units, made.parts];
    },
    tolerance: { kind: "exact" },
    gradient: "skip: state",
  };
}

const sigmoid = { low: 0.01, high: 0.99 };
const between: Fill = { kind: "uniform", low: -0.05, high: 1.05 };

export const cases: CaseList = {
  op: "livingUnits",
  cases: [
    unitsCase("one unit", [{ shape: [1, 1] }], [0]),
    unitsCase("units in vectors", [{ shape: [6, 8] }, { shape: [2, 3, 3, 4] }]),
    unitsCase("units that are no vectors", [{ shape: [6, 7] }, { shape: [2, 3, 3, 2] }, { shape: [5, 1] }]),
    unitsCase("more rows than a piece has", [{ shape: [700, 4] }, { shape: [700, 3] }]),
    unitsCase("all live", [{ shape: [9, 16] }], { kind: "uniform", low: 1, high: 2 }),
    unitsCase("all dead", [{ shape: [40, 16] }, { shape: [3, 5] }], [0, -0]),
    unitsCase("bounded beside unbounded", [{ shape: [90, 8], ends: sigmoid }, { shape: [9, 8] }], between),
    unitsCase("bounded, no vectors", [{ shape: [90, 3], ends: sigmoid }], between),
    unitsCase(
      "five tensors",
      [4, 8, 3, 12, 1].map((units) => ({ shape: [5, units] })),
    ),
  ],
  random: (draw) => {
    const watched = Array.from({ length: draw.integer(1, mostActivations) }, () => ({
      shape: [draw.integer(1, 300), draw.integer(1, 13)],
      ...(draw.integer(0, 1) === 1 && { ends: sigmoid }),
    }));
    const name = watched
      .map(({ shape, ends }) => `[${shape.join(", ")}]${ends ? " bounded" : ""}`)
      .join(", ");
    return unitsCase(name, watched, draw.pick<Values>([sparse, between]));
  },
};
